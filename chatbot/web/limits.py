"""How often one address may ask. No address is kept: only a keyed hash of it, in memory, under a key of the day."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import ipaddress
import logging
import math
import secrets
import socket
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from chatbot.errors import SettingsError
from chatbot.loglines import Seldom
from chatbot.settings import RateLimit, Settings
from chatbot.web.windows import Counter, MemoryCounter, StorageAway

MEMORY = "memory://"

seldom = Seldom(logging.getLogger(__name__))


class AskLimit:
    """Counts what each address asks; raises SettingsError when the settings name a storage that cannot be used."""

    def __init__(self, settings: Settings, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._today = today
        rate, storage = settings.rate_limit, settings.rate_limit_storage
        if storage != MEMORY and rate and not settings.secret_key:
            raise SettingsError(
                "CHATBOT_RATE_LIMIT_STORAGE is shared between processes, so CHATBOT_SECRET_KEY must be set: "
                "it names the visitors' addresses alike in all of them without storing them"
            )
        self._counter = _counter(rate, storage) if rate else None
        self._secret = hashlib.sha256(settings.secret_key.encode() or secrets.token_bytes()).digest()

    def wait_seconds(self, address: str | None, action: str = "ask") -> int:
        """Count one action of an address; return 0, or how long it must wait when there were too many.

        Each kind of action is counted for itself, and a refused one not at all. A storage that is away lets everybody
        through: the limit guards the machine, and visitors must not pay for its fault.
        """
        if self._counter is None:
            return 0
        try:
            return math.ceil(self._counter.wait_seconds(f"{action} {hashed(address, self._secret, self._today())}"))
        except StorageAway:
            seldom.warning("the storage of the rate limit cannot be reached; no limit is kept")
            return 0


def _counter(rate: RateLimit, storage: str) -> Counter:
    if storage == MEMORY:
        return MemoryCounter(rate)
    # Only here: the library takes longer to import than Flask, and one process does not need it.
    shared = importlib.import_module("chatbot.web.shared_windows")
    counter: Counter = shared.SharedCounter(rate, storage)
    return counter


def hashed(address: str | None, secret: bytes, day: date) -> str:
    """Return a name for the network of an address that cannot be traced back and is another one tomorrow.

    secret: at most 64 bytes. IPv6 addresses count by their /64, since one household has all of it.
    """
    return hashlib.blake2b(network(address or "").encode(), key=_key_of(secret, day), digest_size=16).hexdigest()


@lru_cache(maxsize=8)
def _key_of(secret: bytes, day: date) -> bytes:
    return hashlib.blake2b(day.isoformat().encode(), key=secret).digest()


def network(address: str) -> str:
    """Return what counts as one visitor: an IPv4 address, the /64 of an IPv6 one, or the text as it stands."""
    with contextlib.suppress(OSError, ValueError):
        # Four numbers with dots, as nearly all are: told in a tenth of the time that it takes to read them.
        socket.inet_pton(socket.AF_INET, address)
        return address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)


def refuse_many_workers(settings: Settings, workers: int) -> None:
    """Raise SettingsError when several processes would each count for themselves."""
    if workers > 1 and settings.rate_limit and settings.rate_limit_storage == MEMORY:
        raise SettingsError(
            f"{workers} workers would each count visitors' questions for themselves, so the limit would be {workers} "
            "times what CHATBOT_RATE_LIMIT says. Use one worker with more threads (WEB_CONCURRENCY=1), or set "
            "CHATBOT_RATE_LIMIT_STORAGE to a storage that they share, or CHATBOT_RATE_LIMIT=off behind a proxy that "
            "limits."
        )
