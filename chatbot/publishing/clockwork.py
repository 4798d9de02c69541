"""What a serving process does by itself: mend what was cut off, notice edits from outside, keep to the schedule."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from chatbot.errors import Busy, ChatbotError, DatabaseUnavailable
from chatbot.publishing.desk import Desk
from chatbot.publishing.outside import notice
from chatbot.publishing.schedule import carry_out_due
from chatbot.publishing.steps import recover

LOOK_SECONDS = 10.0
# between two looks: what is scheduled for a minute happens within it

logger = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(tz=UTC)


class Clockwork:
    """Looks after the articles from a thread of its own, in every process; each step is done by one."""

    def __init__(self, desk: Desk, look_seconds: float = LOOK_SECONDS, clock: Callable[[], datetime] = _now) -> None:
        self._desk = desk
        self._look_seconds = look_seconds
        self._clock = clock
        self._has_recovered = False
        self._told = ""

    def start(self) -> None:
        """Begin; it ends when the watching of the library does."""
        threading.Thread(target=self._run, name="clockwork", daemon=True).start()

    def look(self) -> None:
        """Do what there is to do now. Raises nothing: what cannot be done is tried at the next look."""
        try:
            if not self._has_recovered:
                recover(self._desk)
                self._has_recovered = True
            notice(self._desk, self._clock())
            for step, outcome in carry_out_due(self._desk, self._clock()):
                logger.info("scheduled step %s (%s of %s): %s", step.id, step.action, step.slug, outcome)
            self._told = ""
        except (DatabaseUnavailable, Busy):
            # The database says so itself, and who is busy is done soon.
            return
        except ChatbotError as error:
            self._tell(str(error))
        except Exception as error:
            self._tell(f"{type(error).__name__}: {error}")

    def _run(self) -> None:
        stopped = self._desk.library.stopped
        self.look()
        while not stopped.wait(self._look_seconds):
            self.look()

    def _tell(self, fault: str) -> None:
        # Once, not every ten seconds.
        if fault != self._told:
            logger.warning("the articles cannot be looked after: %s", fault)
        self._told = fault
