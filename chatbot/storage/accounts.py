"""Members of staff: who may do what, and who they are to whoever signs in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.storage import sessions
from chatbot.storage.tables import Account

Role = Literal["author", "reviewer", "publisher", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# each may do what those before it may
FIRST_PASSWORD = timedelta(hours=72)
# how long a password that somebody else chose opens the door


@dataclass(frozen=True, slots=True)
class Member:
    """Who is signed in."""

    id: int
    name: str
    role: Role
    must_change: bool = False
    # their password, before anything else

    def may(self, role: Role) -> bool:
        """Say whether this member's role is that one or above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def folded(name: str) -> str:
    """Return a name as it is kept: however it is typed, it is the same account."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def name_fault(name: str) -> str:
    """Say what keeps this from being a name, in a sentence; empty: nothing."""
    if not 2 <= len(name) <= 60:
        return "A name has 2 to 60 characters."
    if not name.isprintable() or name.startswith("former member"):
        return "This cannot be a name."
    return ""


def find(session: Session, name: str) -> Account | None:
    """Return the account of a name as it was typed, whether or not it is disabled."""
    return session.scalars(select(Account).where(Account.name == folded(name))).one_or_none()


def everybody(session: Session) -> Sequence[Account]:
    """Return all accounts that are not erased, by name."""
    return session.scalars(select(Account).where(Account.erased_at.is_(None)).order_by(Account.name)).all()


def add(
    session: Session, name: str, role: Role, *, password_hash: str, at: datetime, must_change: bool = False
) -> Account:
    """Add an account; its name must be free. must_change: somebody else knows the password."""
    account = Account(
        name=folded(name),
        role=role,
        password_hash=password_hash,
        created_at=at,
        password_changed_at=at,
        must_change=must_change,
    )
    session.add(account)
    session.flush()
    return account


def may_enter(account: Account | None, at: datetime) -> bool:
    """Say whether an account may sign in at all: it is there, not disabled, and its first password is not too old."""
    if account is None or account.disabled_at:
        return False
    return not account.must_change or at < account.password_changed_at + FIRST_PASSWORD


def member(account: Account) -> Member:
    """Return an account as a value that outlives its session."""
    return Member(account.id, account.name, account.role, account.must_change)  # type: ignore[arg-type]


def names(session: Session) -> dict[int, str]:
    """Return every account's name by its number, for lists that hold numbers."""
    return {row[0]: row[1] for row in session.execute(select(Account.id, Account.name))}


def set_password(session: Session, account: Account, password_hash: str, at: datetime, *, must_change: bool) -> None:
    """Give an account a new password and sign it out everywhere."""
    account.password_hash, account.password_changed_at, account.must_change = password_hash, at, must_change
    sessions.end_all(session, account.id)


def disable(session: Session, account: Account, at: datetime) -> None:
    """Keep an account from signing in and sign it out everywhere."""
    account.disabled_at = account.disabled_at or at
    sessions.end_all(session, account.id)


def subject(account: Account) -> str:
    """Return how the audit log calls an account: by its number, so that its name can be deleted."""
    return f"account {account.id}"
