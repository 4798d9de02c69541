"""Settings, library and rules, wired once; `services()` finds them from any view or command."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from flask import current_app

from chatbot.answering.answer import URGENT_LEVEL
from chatbot.answering.notices import SafetyRules, assess, disclaimer, general_help
from chatbot.errors import ChatbotError
from chatbot.library import Library
from chatbot.replies import reply
from chatbot.settings import Settings
from chatbot.values import Answer, Feedback, Question

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chatbot.journal import Journal
    from chatbot.office import Office
    from chatbot.publishing.desk import Desk
    from chatbot.storage.audit import Event
    from chatbot.storage.database import Database
    from chatbot.storage.keys import Keys

NO_VERSION = "none"
OPENS_AFTER_SECONDS = 2.0
# the first visitors of a process do not wait for what staff need
REHEARSED = "How long does the relief last?"

logger = logging.getLogger(__name__)


class Services:
    """Everything that a view or a command may call."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self.library = library
        self._office: Office | None = None
        self._opening = threading.Lock()
        if settings.database_url or settings.question_log != "off":
            # A wrong address stops the start, and no visitor's question waits for what keeps it.
            self.office  # noqa: B018

    @property
    def rules(self) -> SafetyRules:
        """The safety rules as they stand now, with the site's own."""
        return self.library.rules

    @property
    def office(self) -> Office:
        """Staff's data; the first who asks waits for its libraries."""
        with self._opening:
            if self._office is None:
                # Only here: see the module.
                self._office = import_module("chatbot.office").Office(self.settings, self.library)
            return self._office

    @property
    def database(self) -> Database:
        """Staff's data itself."""
        return self.office.database

    @property
    def database_state(self) -> Literal["unopened", "ready", "failing"]:
        """How the database was when it was last used; looks at nothing."""
        return self._office.database.state if self._office else "unopened"

    @property
    def keys(self) -> Keys:
        """What seals staff's forms and the audit log."""
        return self.office.keys

    @property
    def journal(self) -> Journal:
        """What is learnt from visitors."""
        return self.office.journal

    @property
    def desk(self) -> Desk:
        """What publishing works with."""
        return self.office.desk

    def start(self) -> None:
        """Begin what a serving process does by itself: watch the corpus, and a little later look after staff's data."""
        self.library.start()
        self._rehearse()
        threading.Thread(target=self._open, name="office", daemon=True).start()

    def stop(self) -> None:
        """End it; what visitors thought is written down first."""
        self.library.stop()
        if self._office:
            self._office.journal.stop()

    def ask(self, question: Question, limit: int = 3) -> Answer:
        """Answer a question from the corpus as it stands now.

        Raises NoCorpus while no article is loaded and EngineUnavailable when nothing can be searched, but whatever
        fails in the search, a question that needs help at once gets it.
        """
        try:
            return self._search(question, limit)
        except Exception as error:
            urgent = self.urgent(question)
            if urgent is None:
                raise
            # Only the kind of error: its text may hold the visitor's words.
            logger.warning("no search (%s); the help was shown all the same", type(error).__name__)
            return urgent

    def urgent(self, question: Question) -> Answer | None:
        """Return the help that a crisis or an emergency gets without any search, or None for other questions.

        When the rules themselves fail, every question gets the general help.
        """
        words = disclaimer(self.settings)
        try:
            assessment = assess(question, self.rules, self.settings.region)
        except Exception as error:
            logger.error("the safety rules failed (%s); the general help was shown", type(error).__name__)
            return Answer(question, "nothing", words, NO_VERSION, notice=general_help(self.settings.region))
        if assessment.level != URGENT_LEVEL:
            return None
        category = assessment.categories[0]
        return Answer(question, "urgent", words, NO_VERSION, notice=assessment.notice, category=category)

    def note(self, feedback: Feedback) -> None:
        """Keep feedback; what names no passage served now is dropped, so that nobody can fill the log with texts."""
        if feedback.passage is None or self._is_served(feedback.passage):
            self.journal.add(feedback)

    def learn(self, question: Question, reply: Answer) -> None:
        """Keep of a visitor's question what the setting allows; a failure costs nobody the answer."""
        if self.settings.question_log == "off":
            return
        try:
            self.journal.asked(question, reply)
        except Exception as error:
            logger.error("a question could not be put aside (%s)", type(error).__name__)

    def record(self, session: Session, event: Event) -> None:
        """Write what somebody did into the audit log, together with what they changed in this session or not at all."""
        self.office.record(session, event)

    def _rehearse(self) -> None:
        """Answer a question for nobody, so that no visitor waits for what only the first answer has to make."""
        with suppress(ChatbotError):
            self._search(Question(REHEARSED), limit=1)

    def _open(self) -> None:
        if not self.library.stopped.wait(OPENS_AFTER_SECONDS):
            self.office.start()

    def _search(self, question: Question, limit: int) -> Answer:
        return reply(self.library.snapshot(), question, rules=self.rules, settings=self.settings, limit=limit)

    def _is_served(self, passage_id: str) -> bool:
        slug = passage_id.partition("#")[0]
        articles = (article for article in self.library.snapshot().articles if article.slug == slug)
        return any(passage.id == passage_id for article in articles for passage in article.passages)


def services() -> Services:
    """Return the services of the current app."""
    found: Services = current_app.extensions["chatbot"]
    return found
