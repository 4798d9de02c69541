"""Articles on their way and their history; the articles themselves are files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chatbot.storage.columns import Base, Digest, Name, Number, Word
from chatbot.storage.tables.accounts import Account


class Draft(Base):
    """An article on its way: what came in, what was made of it, and whether it has been edited since."""

    __tablename__ = "drafts"

    id: Mapped[Number]
    slug: Mapped[Name] = mapped_column(index=True)
    state: Mapped[Word] = mapped_column(default="draft")
    # draft | in_review | approved | published | dropped
    file_name: Mapped[Name] = mapped_column(default="")
    # of what was brought in
    format: Mapped[Word] = mapped_column(default="md")
    # of the original: docx | pdf | html | md | txt
    original: Mapped[bytes] = mapped_column(default=b"")
    source: Mapped[str]
    # the article file's text, Markdown with front matter
    base_checksum: Mapped[str] = mapped_column(String(64), default="")
    # SHA-256 of the published file that this began from; empty: a new article
    edits: Mapped[int] = mapped_column(default=0)
    # counts every saving; who saves must know the number, or the edit is stale
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # who began it
    editors: Mapped[str] = mapped_column(default="")
    # numbers of the accounts whose words stand in it, with spaces between: none of them may review it
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    author: Mapped[Account | None] = relationship()


class Review(Base):
    """What a reviewer said about one version of a draft."""

    __tablename__ = "reviews"

    id: Mapped[Number]
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    checksum: Mapped[Digest]
    # SHA-256 of exactly the text that was reviewed
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[Word]
    # approved | changes
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    reviewer: Mapped[Account | None] = relationship()


class Revision(Base):
    """One version of a published article."""

    __tablename__ = "revisions"

    id: Mapped[Number]
    slug: Mapped[Name]
    kind: Mapped[Word]
    # published | verified | restored | withdrawn | expired | outside
    path: Mapped[Name] = mapped_column(default="")
    # of its file, relative to the corpus folder
    source: Mapped[str]
    # the file's text; empty when it was withdrawn or has expired
    checksum: Mapped[Digest]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    publisher: Mapped[Account | None] = relationship(foreign_keys=[publisher_id])

    __table_args__ = (Index("ix_revisions_slug_at", "slug", "at"),)


class Publication(Base):
    """A step that has begun and not ended: kept before a file is touched, gone when its revision is recorded.

    What is found here at a start was cut off; the file says whether it is completed or taken back.
    """

    __tablename__ = "publications"

    id: Mapped[Number]
    slug: Mapped[Name]
    kind: Mapped[Word]
    # as of the revision that it becomes
    path: Mapped[Name]
    source: Mapped[str]
    # empty: the file is moved away
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    # SHA-256 of the file; empty: there is none
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id", ondelete="SET NULL"))
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id", ondelete="SET NULL"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Schedule(Base):
    """Something that shall happen to an article by itself."""

    __tablename__ = "schedules"

    id: Mapped[Number]
    slug: Mapped[Name]
    action: Mapped[Word]
    # publish | withdraw
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    due_at: Mapped[datetime] = mapped_column(index=True)
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(default="")
    override: Mapped[str] = mapped_column(default="")
    # why lost golden questions shall not stop it; empty: they do
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")


class Job(Base):
    """Long work in the background, and how far it has come."""

    __tablename__ = "jobs"

    id: Mapped[Number]
    kind: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="waiting", index=True)
    # waiting | running | done | failed
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    # what it does now, or why it failed
    input: Mapped[bytes] = mapped_column(default=b"")
    result: Mapped[str] = mapped_column(default="")
    # JSON
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
