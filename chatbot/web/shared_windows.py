"""The same counting in a storage that several processes share, by the library `limits`."""

from __future__ import annotations

import time

import limits
from limits.errors import ConfigurationError, StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from chatbot.errors import SettingsError
from chatbot.settings import RateLimit
from chatbot.web.windows import StorageAway, Window, windows_of


class SharedCounter:
    """Counts in a storage outside this process."""

    def __init__(self, rate: RateLimit, address: str) -> None:
        """address: as `limits` writes storages, such as redis://127.0.0.1:6379. Raises SettingsError."""
        # The shorter window first: what it refuses costs one round trip, and is not counted by the longer one.
        self._rates = [_item(window) for window in reversed(windows_of(rate))]
        self._limiter = MovingWindowRateLimiter(_storage(address))

    def wait_seconds(self, name: str) -> float:
        """Count one action and return 0, or return how long until one more may come; raises StorageAway.

        The windows are asked one after the other, so two processes that ask for one name in the same instant may count
        one action too few in the longer window, never one too many refused.
        """
        try:
            if all(self._limiter.test(rate, name) for rate in self._rates):
                for rate in self._rates:
                    self._limiter.hit(rate, name)
                return 0.0
            stats = [(self._limiter.get_window_stats(rate, name)) for rate in self._rates]
        except StorageError as error:
            raise StorageAway("the storage of the rate limit cannot be reached") from error
        waits = [each.reset_time - time.time() for each in stats if not each.remaining]
        # A clock that was set back leaves times that lie ahead; no wait is longer than the longest window.
        return min(max([0.001, *waits]), max(rate.get_expiry() for rate in self._rates))


def _item(window: Window) -> limits.RateLimitItem:
    return limits.RateLimitItemPerSecond(window.amount, max(1, round(window.seconds)))


def _storage(address: str) -> Storage:
    try:
        storage = storage_from_string(address, wrap_exceptions=True)
    except ConfigurationError as error:
        raise SettingsError(f"CHATBOT_RATE_LIMIT_STORAGE: {error}; write memory:// to count in memory") from error
    if not isinstance(storage, Storage):
        raise SettingsError(f'CHATBOT_RATE_LIMIT_STORAGE: "{address}" is for asynchronous servers; leave out "async+"')
    return storage
