"""What every step of publishing works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.loading import Loaded
from chatbot.errors import NoCorpus
from chatbot.library import Library
from chatbot.settings import Settings
from chatbot.snapshots import Snapshot, build
from chatbot.storage.audit import Event
from chatbot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """The folder of articles, the corpus that is live, and staff's data."""

    settings: Settings
    library: Library
    rules: SafetyRules
    database: Database
    record: Callable[[Session, Event], None]
    # writes a line of the audit log within a session

    @property
    def live(self) -> Snapshot:
        """The corpus that is served; an empty one while no article has been published."""
        try:
            return self.library.snapshot()
        except NoCorpus:
            return build(Loaded(), "empty", self.settings)

    @property
    def folder(self) -> Path:
        return self.settings.corpus
