"""Members of staff: who may do what, and who they are to whoever signs in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.storage import sessions
from chatbot.storage.tables import Account

Role = Literal["author", "reviewer", "publisher", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# each may do what those before it may


@dataclass(frozen=True, slots=True)
class Member:
    """Who is signed in."""

    id: int
    name: str
    role: Role

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


def add(session: Session, name: str, role: Role, *, password_hash: str, at: datetime) -> Account:
    """Add an account; its name must be free."""
    account = Account(name=folded(name), role=role, password_hash=password_hash, created_at=at, password_changed_at=at)
    session.add(account)
    session.flush()
    return account


def member(account: Account) -> Member:
    """Return an account as a value that outlives its session."""
    return Member(account.id, account.name, account.role)  # type: ignore[arg-type]


def names(session: Session) -> dict[int, str]:
    """Return every account's name by its number, for lists that hold numbers."""
    return {account.id: account.name for account in session.scalars(select(Account))}


def set_password(session: Session, account: Account, password_hash: str, at: datetime, *, keep: str = "") -> None:
    """Give an account a new password and sign it out everywhere, but for the session whose token has this hash."""
    account.password_hash, account.password_changed_at = password_hash, at
    sessions.end_all(session, account.id, but=keep)
