"""The same counting in a storage that several processes share, by the library `limits`."""

from __future__ import annotations

import importlib
import math
import time
from typing import Any

import limits
from limits.errors import ConfigurationError, StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from chatbot.errors import SettingsError
from chatbot.settings import RateLimit
from chatbot.web.windows import StorageAway, Window, windows_of

PATIENCE_SECONDS = 1.0
AWAY_SECONDS = 5.0
# for which a storage that could not be reached is left alone, so that one visitor waits, not all


class SharedCounter:
    """Counts in a storage outside this process."""

    def __init__(self, rate: RateLimit, address: str) -> None:
        """address: as `limits` writes storages, such as redis://127.0.0.1:6379. Raises SettingsError."""
        # The shorter window first: what it refuses costs one round trip, and is not counted by the longer one.
        self._rates = [_item(window) for window in reversed(windows_of(rate))]
        self._limiter = MovingWindowRateLimiter(_storage(address))
        self._away_until = -math.inf

    def wait_seconds(self, name: str) -> float:
        """Count one action and return 0, or return how long until one more may come; raises StorageAway.

        The windows are asked one after the other, so two processes that ask for one name in the same instant may count
        one action too few in the longer window, never one too many refused.
        """
        if time.monotonic() < self._away_until:
            raise StorageAway("the storage of the rate limit is left alone for a moment")
        try:
            if all(self._limiter.test(rate, name) for rate in self._rates):
                for rate in self._rates:
                    self._limiter.hit(rate, name)
                return 0.0
            stats = [(self._limiter.get_window_stats(rate, name)) for rate in self._rates]
        except StorageError as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise StorageAway("the storage of the rate limit cannot be reached") from error
        waits = [each.reset_time - time.time() for each in stats if not each.remaining]
        # A clock that was set back leaves times that lie ahead; no wait is longer than the longest window.
        return min(max([0.001, *waits]), max(rate.get_expiry() for rate in self._rates))


def _item(window: Window) -> limits.RateLimitItem:
    return limits.RateLimitItemPerSecond(window.amount, max(1, round(window.seconds)))


def _limits_of(address: str) -> dict[str, Any]:
    """Return how long a Redis or Valkey is waited for; one that hangs would hold up every visitor otherwise."""
    if not address.startswith(("redis", "valkey")):
        return {}
    return {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS, "retry": _no_retry()}


def _no_retry() -> object:
    # Only here: neither library is needed to count in memory.
    return importlib.import_module("redis.retry").Retry(importlib.import_module("redis.backoff").NoBackoff(), 0)


def _storage(address: str) -> Storage:
    try:
        storage = storage_from_string(address, wrap_exceptions=True, **_limits_of(address))
    except ConfigurationError as error:
        raise SettingsError(f"CHATBOT_RATE_LIMIT_STORAGE: {error}; write memory:// to count in memory") from error
    if not isinstance(storage, Storage):
        raise SettingsError(f'CHATBOT_RATE_LIMIT_STORAGE: "{address}" is for asynchronous servers; leave out "async+"')
    return storage
