"""What the program does by itself every hour: delete what has been kept long enough."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from chatbot.errors import DatabaseUnavailable
from chatbot.settings import Settings
from chatbot.storage import audit, jobs, questions, sessions, tries
from chatbot.storage.database import Database, Session
from chatbot.storage.keys import Keys

EVERY_SECONDS = 3600

Task = Callable[[Session, datetime], object]
# deletes what is too old at that moment; it may run in several processes, and again after it was cut off

logger = logging.getLogger(__name__)


class Housekeeping:
    """Runs tasks from a thread of its own; one that fails is tried again an hour later and stops no other."""

    def __init__(self, database: Database, tasks: Sequence[Task]) -> None:
        self._database = database
        self._tasks = tasks
        self._stopped = threading.Event()

    def start(self) -> None:
        """Open the database and keep house from now on."""
        threading.Thread(target=self._run, name="housekeeping", daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._stopped.set()

    def run_once(self, at: datetime) -> None:
        """Run every task as if it were that moment."""
        for task in self._tasks:
            try:
                with self._database.writing() as session:
                    task(session, at)
            except DatabaseUnavailable as error:
                logger.error("staff's data cannot be used, visitors are answered all the same: %s", error)
                return
            except Exception:
                logger.exception("a task of the housekeeping failed")
        self._database.settle()

    def _run(self) -> None:
        while True:
            self.run_once(datetime.now(tz=UTC))
            if self._stopped.wait(EVERY_SECONDS):
                return


def own_tasks(keys: Keys, settings: Settings) -> tuple[Task, ...]:
    """Return the tasks that keep accounts, the audit log and what visitors asked in order."""
    # Where texts are not kept any more, those of before go at once.
    days = settings.question_log_days if settings.question_log == "redacted" else 0
    return (
        sessions.forget,
        tries.forget,
        jobs.forget,
        lambda session, at: audit.forget(session, keys, at),
        lambda session, at: questions.forget(session, at, days),
    )
