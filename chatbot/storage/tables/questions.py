"""What visitors asked in vain and thought of answers, as far as the setting allows, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chatbot.storage.columns import Base, Name, Number, Word


class QuestionCount(Base):
    """How many questions of one kind an hour brought: no word of any question (`counts` and `redacted`)."""

    __tablename__ = "question_counts"

    id: Mapped[Number]
    hour: Mapped[datetime]
    category: Mapped[Word]
    # of the safety rules; empty: none
    verdict: Mapped[Word]
    slugs: Mapped[str]
    # of the articles shown, in order, with spaces between
    band: Mapped[Word]
    # of the best match's coverage
    language: Mapped[Word]
    length: Mapped[Word]
    # band of the question's length
    count: Mapped[int]

    __table_args__ = (UniqueConstraint("hour", "category", "verdict", "slugs", "band", "language", "length"),)


class AskedText(Base):
    """A question that was not answered, redacted; shown from three askings on, gone after 30 days (`redacted`)."""

    __tablename__ = "asked_texts"

    id: Mapped[Number]
    folded: Mapped[Name] = mapped_column(index=True)
    # what makes two askings alike
    text: Mapped[str]
    verdict: Mapped[Word]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    # to the hour


class FeedbackCount(Base):
    """How often visitors said one thing about a passage on one day."""

    __tablename__ = "feedback_counts"

    id: Mapped[Number]
    day: Mapped[datetime]
    passage: Mapped[Name]
    # empty: about an answer without passages
    verdict: Mapped[Word]
    helpful: Mapped[bool]
    reason: Mapped[Word]
    count: Mapped[int]

    __table_args__ = (UniqueConstraint("day", "passage", "verdict", "helpful", "reason"),)


class Suggestion(Base):
    """What the program proposes to staff; nothing happens until somebody approves it."""

    __tablename__ = "suggestions"

    id: Mapped[Number]
    kind: Mapped[Word]
    # question | synonym | draft | out_of_scope
    slug: Mapped[Name]
    section: Mapped[Name]
    text: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    # why it is proposed, in words
    state: Mapped[Word] = mapped_column(default="open", index=True)
    # open | approved | rejected
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")
