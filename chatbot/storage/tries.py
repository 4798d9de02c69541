"""Wrong tries to sign in: each makes the next one wait longer, and nobody is locked out for good.

Counted before the password is looked at, so that a thousand tries at once are a thousand tries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from chatbot.storage.tables import SignInTry
from chatbot.storage.writing import insert_missing

FREE = 5
# tries without any wait
LONGEST_WAIT = timedelta(minutes=3)
FORGOTTEN = timedelta(hours=24)
# after the last wrong try


def wait(wrong: int) -> timedelta:
    """Return how long to wait after so many wrong tries: 2 s after five, doubling, 3 minutes at most.

    1,000 guesses an hour so come to 30 tries in the first hour and 20 in each later one.
    """
    return min(timedelta(seconds=2 ** min(wrong - FREE + 1, 20)), LONGEST_WAIT) if wrong >= FREE else timedelta()


def take(session: Session, keys: Sequence[str], at: datetime) -> timedelta:
    """Count a try as wrong under each key and return nothing, or count none and return how long to wait first."""
    rows = [_row(session, key, at) for key in sorted(set(keys))]
    left = max(row.last_at + wait(row.wrong) - at for row in rows)
    if any(row.wrong >= FREE for row in rows) and left > timedelta():
        return left
    for row in rows:
        row.wrong, row.last_at = row.wrong + 1, at
    return timedelta()


def forgive(session: Session, *, wholly: str, one: str) -> None:
    """Undo what a right try counted: all wrong ones under the first key, its own under the second."""
    session.execute(delete(SignInTry).where(SignInTry.key == wholly))
    if row := session.get(SignInTry, one):
        row.wrong = max(0, row.wrong - 1)


def forget(session: Session, at: datetime) -> None:
    """Delete what is so old that it counts no more."""
    session.execute(delete(SignInTry).where(SignInTry.last_at <= at - FORGOTTEN))


def _row(session: Session, key: str, at: datetime) -> SignInTry:
    insert_missing(session, SignInTry, key=key, wrong=0, last_at=at)
    row = session.get_one(SignInTry, key, with_for_update=True)
    if row.last_at <= at - FORGOTTEN or row.last_at > at + LONGEST_WAIT:
        # Long ago, or from before a clock was set back: nobody waits for a moment that may never come.
        row.wrong, row.last_at = 0, at
    return row
