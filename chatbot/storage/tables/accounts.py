"""Staff: who they are, where they are signed in, and what they did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chatbot.storage.columns import Base, Digest, Name, Number, Word


class Account(Base):
    """A member of staff."""

    __tablename__ = "accounts"

    id: Mapped[Number]
    name: Mapped[Name] = mapped_column(unique=True)
    # as it is typed, in lower case
    role: Mapped[Word]
    # author | reviewer | publisher | admin
    password_hash: Mapped[str]
    # Argon2id in its own notation
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]
    must_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    # somebody else chose the password: it opens nothing but the page where it is changed
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    # their data was deleted at their own wish; the name is a number since
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int] = mapped_column(default=0)
    # the last time step whose code was used: no code works twice
    recovery_codes: Mapped[str] = mapped_column(default="")
    # SHA-256 of each that is left, with spaces between


class StaffSession(Base):
    """A browser that is signed in. The token itself is only in the browser."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[Digest] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    browser: Mapped[Name]
    # "Firefox on Linux", to tell one's own sessions apart
    message: Mapped[str] = mapped_column(default="")
    # what the next page shall say once
    account: Mapped[Account] = relationship()


class SignInTry(Base):
    """How often somebody was wrong of late: one row an account name, an address or a known browser."""

    __tablename__ = "sign_in_tries"

    key: Mapped[Digest] = mapped_column(primary_key=True)
    # keyed hash of what is counted, so that no address and no mistyped name is kept
    wrong: Mapped[int]
    last_at: Mapped[datetime]


class AuditLine(Base):
    """What somebody did. Lines are only ever added; each seals the one before it."""

    __tablename__ = "audit_lines"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # 1, 2, 3 … without a gap
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None]
    # None: somebody at the server's command line, or nobody (a job)
    action: Mapped[Word]
    # such as "article.published"
    subject: Mapped[Name]
    # slug of the article, name of the setting; never a visitor's words
    detail: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(String(64), default="")
    after: Mapped[str] = mapped_column(String(64), default="")
    # SHA-256 of the thing before and after, where it has a text
    seal: Mapped[Digest]


class AuditHead(Base):
    """Where the chain begins and ends, so that lines cut off at either end are missed. One row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int]
    last_id: Mapped[int]
    # of the lines that are kept; last_id is one less while there is none
    start_seal: Mapped[str] = mapped_column(String(64))
    # of the line before the first one that is kept
    last_seal: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))
    # of this row; empty until the first line is written
