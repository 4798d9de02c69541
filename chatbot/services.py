"""Settings, library and rules, wired once; `services()` finds them from any view or command."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from chatbot.answering.answer import URGENT_LEVEL
from chatbot.answering.notices import SafetyRules, assess, disclaimer, general_help
from chatbot.housekeeping import Housekeeping, own_tasks
from chatbot.journal import Journal
from chatbot.library import Library
from chatbot.publishing.clockwork import Clockwork
from chatbot.publishing.desk import Desk
from chatbot.replies import reply
from chatbot.settings import Settings
from chatbot.storage.audit import Event, append
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.values import Answer, Feedback, Question

NO_VERSION = "none"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a view or a command may call."""

    settings: Settings
    library: Library
    journal: Journal
    database: Database
    keys: Keys

    @property
    def rules(self) -> SafetyRules:
        """The safety rules as they stand now, with the site's own."""
        return self.library.rules

    def start(self) -> None:
        """Begin what a serving process does by itself: watch the corpus, keep house and keep to the schedule."""
        self.library.start()
        Housekeeping(self.database, own_tasks(self.keys, self.settings)).start()
        Clockwork(self.desk).start()

    def stop(self) -> None:
        """End it; what visitors thought is written down first."""
        self.library.stop()
        self.journal.stop()

    @property
    def desk(self) -> Desk:
        """What publishing works with."""
        return Desk(self.settings, self.library, self.rules, self.database, self.record)

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
        try:
            self.journal.asked(question, reply)
        except Exception as error:
            logger.error("a question could not be put aside (%s)", type(error).__name__)

    def record(self, session: Session, event: Event) -> None:
        """Write what somebody did into the audit log, together with what they changed in this session or not at all."""
        append(session, self.keys, event)

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
