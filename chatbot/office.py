"""Staff's data and what is done with it: opened when it is first needed, and never on the way to a first answer.

Its libraries take as long to import as all that an answer needs.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from chatbot.housekeeping import Housekeeping, own_tasks
from chatbot.journal import Journal
from chatbot.library import Library
from chatbot.publishing.clockwork import Clockwork
from chatbot.publishing.desk import Desk
from chatbot.settings import Settings
from chatbot.storage.audit import Event, append
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys


class Office:
    """Database, keys and journal, and the threads that look after them."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._library = library
        self.database = Database(settings.database_url, settings.instance)
        self.keys = Keys(settings.secret_key, settings.instance)
        self.journal = Journal(self.database, settings, library.words)

    def start(self) -> None:
        """Begin what a serving process does by itself: keep house and keep to the schedule."""
        Housekeeping(self.database, own_tasks(self.keys, self._settings)).start()
        Clockwork(self.desk).start()

    @property
    def desk(self) -> Desk:
        """What publishing works with."""
        return Desk(self._settings, self._library, self._library.rules, self.database, self.record)

    def record(self, session: Session, event: Event) -> None:
        """Write what somebody did into the audit log, together with what they changed in this session or not at all."""
        append(session, self.keys, event)
