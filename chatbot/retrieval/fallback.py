"""One engine first, and another while it is away; says which of them answers."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable

from chatbot.errors import EngineUnavailable
from chatbot.values import Engine, Match, Query

FAILURES = 3
# in a row, after which the first engine is left alone
REST_SECONDS = 5.0
# until one question tries it again

logger = logging.getLogger(__name__)


class Breaker:
    """Remembers whether an engine is away, across the versions of the corpus; threads may share it."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._again_at = 0.0
        self._deciding = threading.Lock()
        self.answers: Counter[str] = Counter()
        # "first" or "second" -> questions that it answered
        self.reason = ""
        # why the first one failed last; "" while it answers

    def may_try(self) -> bool:
        """Say whether the first engine may be asked: always, or one question in a while when it keeps failing."""
        with self._deciding:
            if self._failures < FAILURES:
                return True
            if self._now() < self._again_at:
                return False
            self._again_at = self._now() + REST_SECONDS
            return True

    def succeeded(self) -> None:
        """Note that the first engine answered."""
        with self._deciding:
            self._failures, self.reason = 0, ""
            self.answers["first"] += 1

    def failed(self, reason: str) -> None:
        """Note that it could not."""
        with self._deciding:
            self._failures += 1
            self._again_at = self._now() + REST_SECONDS
            if not self.reason:
                logger.warning("%s The embedded engine answers.", reason)
            self.reason = reason

    def stood_in(self) -> None:
        """Note that the second engine answered."""
        with self._deciding:
            self.answers["second"] += 1


class FallbackEngine:
    """Asks one engine, and another where it is away."""

    def __init__(self, first: Engine, second: Engine, breaker: Breaker) -> None:
        self._first, self._second, self.breaker = first, second, breaker

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        """Return the first engine's matches, or the second's; raise EngineUnavailable when neither can."""
        if self.breaker.may_try():
            try:
                found = self._first.search(query, limit)
            except EngineUnavailable as error:
                self.breaker.failed(str(error))
            else:
                self.breaker.succeeded()
                return found
        found = self._second.search(query, limit)
        self.breaker.stood_in()
        return found
