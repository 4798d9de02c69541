"""Browsers that are signed in. What they hold is never kept here, only its hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload

from chatbot.storage.tables import Account, StaffSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
# so that looking at pages does not write all the time; an idle session ends up to so much early


def begin(session: Session, account: Account, *, browser: str, at: datetime) -> str:
    """Sign an account in and return the token for its browser: 256 bits, new every time."""
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(token_hash=hash_of(token), account_id=account.id, created_at=at, seen_at=at, browser=browser)
    )
    return token


def find(session: Session, token: str, at: datetime) -> StaffSession | None:
    """Return the session of a token with its account, unless it has ended or the account is disabled."""
    query = select(StaffSession).where(StaffSession.token_hash == hash_of(token))
    found = session.scalars(query.options(joinedload(StaffSession.account))).one_or_none()
    if found is None or found.account.disabled_at or not _is_alive(found, at):
        return None
    return found


def touch(session: Session, token_hash: str, at: datetime) -> None:
    """Note that a session is in use."""
    if found := session.get(StaffSession, token_hash):
        found.seen_at = at


def leave_message(session: Session, token_hash: str, message: str) -> None:
    """Leave a sentence for the session's next page, or take it away."""
    if found := session.get(StaffSession, token_hash):
        found.message = message


def of_account(session: Session, account_id: int, at: datetime) -> Sequence[StaffSession]:
    """Return the sessions of an account that have not ended, newest first."""
    query = select(StaffSession).where(StaffSession.account_id == account_id).order_by(StaffSession.seen_at.desc())
    return [found for found in session.scalars(query) if _is_alive(found, at)]


def end(session: Session, token_hash: str) -> None:
    """Sign one browser out."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


def end_all(session: Session, account_id: int, *, but: str = "") -> None:
    """Sign an account out everywhere, `but` for one token's hash."""
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id, StaffSession.token_hash != but))


def forget(session: Session, at: datetime) -> None:
    """Delete the sessions that have ended by themselves."""
    session.execute(
        delete(StaffSession).where(or_(StaffSession.seen_at <= at - IDLE, StaffSession.created_at <= at - LONGEST))
    )


def hash_of(token: str) -> str:
    """Return what is kept of a token: it has 256 bits, so a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _is_alive(found: StaffSession, at: datetime) -> bool:
    # A clock that was set back must not lengthen a session.
    return found.seen_at - SEEN_EVERY <= at < found.seen_at + IDLE and at < found.created_at + LONGEST
