"""Passwords: what may be one, and Argon2id, one at a time."""

from __future__ import annotations

import functools
import threading
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from chatbot.errors import Busy

SHORTEST, ADVISED, LONGEST = 8, 15, 256
# characters
COMMON = Path(__file__).parent / "common_passwords.txt"
# Measured: 90 ms and 64 MB here; one lane, so that it takes one of the machine's cores and not all of them.
HASHER = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1)
NOBODYS = "$argon2id$v=19$m=65536,t=2,p=1$da8J8ONQbXSQZ/XQJDytIg$AeRdsFkWidg0ufuprUzweDChVBiIwrh3ZG2ZfiXoMx4"
# what an unknown name's password is compared with, so that the reply takes as long as a known one's
WAIT_SECONDS = 3
_turn = threading.BoundedSemaphore(1)


def hashed(password: str) -> str:
    """Return the hash to keep. Raises Busy when too many wait for theirs."""
    with _Turn():
        return HASHER.hash(_normal(password))


def is_right(password: str, kept: str | None) -> bool:
    """Say whether the password is the one whose hash is kept; None takes as long and is never right. Raises Busy."""
    with _Turn():
        try:
            HASHER.verify(kept or NOBODYS, _normal(password)[:LONGEST])
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with weaker costs than today's."""
    return HASHER.check_needs_rehash(kept)


def faults(password: str, *names: str) -> list[str]:
    """Say what keeps this from being a password, in sentences; names: of the account and the site."""
    text = _normal(password)
    found = []
    if len(text) < SHORTEST:
        found.append(f"It has fewer than {SHORTEST} characters; {ADVISED} or more are better.")
    if len(text) > LONGEST:
        found.append(f"It has more than {LONGEST} characters.")
    if text.casefold() in common():
        found.append("It is one of the most common passwords, which are tried first.")
    folded = text.casefold()
    if any(name and (name.casefold() in folded or folded in name.casefold()) for name in names):
        found.append("It holds the name of the account.")
    if len(set(folded)) < 4:
        found.append("It repeats the same few characters.")
    return found


@functools.cache
def common() -> frozenset[str]:
    """Return the passwords that are tried first."""
    return frozenset(COMMON.read_text("utf-8").split("\n"))


def _normal(password: str) -> str:
    # The same key press is one character on one machine and two on another.
    return unicodedata.normalize("NFC", password)


class _Turn:
    """One hash at a time in this process: visitors' answers need the other cores."""

    def __enter__(self) -> None:
        if not _turn.acquire(timeout=WAIT_SECONDS):
            raise Busy("Too many people sign in at this moment. Try again in a few seconds.")

    def __exit__(self, *error: object) -> None:
        _turn.release()
