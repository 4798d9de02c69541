"""What is kept of questions and feedback, as far as the setting allows: counts, and redacted texts for some days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from chatbot.storage.tables import AskedText, FeedbackCount, QuestionCount
from chatbot.storage.writing import add_to_count

COUNTS_KEPT = timedelta(days=365)
MOST_TEXTS = 20_000
# so that nobody can fill the disk with questions
LONGEST_NAME = 200
# characters of a passage's id, as the column has it


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question was like; questions of one kind are counted together."""

    hour: datetime
    category: str
    # of the safety rules; empty: none
    verdict: str
    slugs: str
    # of the articles shown, in order, with spaces between
    band: str
    # of the best match's coverage
    language: str
    length: str


@dataclass(frozen=True, slots=True)
class Text:
    """A question that was not answered, redacted."""

    folded: str
    text: str
    verdict: str
    asked_at: datetime
    # to the hour


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor thought of a passage, or of an answer without one."""

    day: datetime
    passage: str
    verdict: str
    helpful: bool
    reason: str
    # empty: none given


@dataclass(frozen=True, slots=True)
class Rated:
    """What visitors thought of one passage, all days together."""

    passage: str
    helpful: int
    reasons: Mapping[str, int]
    # why it was not -> how often, "" without a reason

    @property
    def not_helpful(self) -> int:
        return sum(self.reasons.values())


def count_questions(session: Session, kinds: Mapping[Kind, int]) -> None:
    """Add so many questions of each kind."""
    # In one order everywhere: two processes that add the same rows cannot wait for each other.
    for kind in sorted(kinds, key=repr):
        add_to_count(session, QuestionCount, asdict(kind), kinds[kind])


def count_feedback(session: Session, said: Mapping[Said, int]) -> None:
    """Add so many opinions of each kind."""
    for each in sorted(said, key=repr):
        add_to_count(session, FeedbackCount, {**asdict(each), "passage": each.passage[:LONGEST_NAME]}, said[each])


def keep_texts(session: Session, texts: Sequence[Text]) -> int:
    """Keep redacted questions and return how many; there is room for MOST_TEXTS."""
    room = MOST_TEXTS - (session.scalar(select(func.count()).select_from(AskedText)) or 0)
    kept = texts[: max(room, 0)]
    session.add_all(AskedText(**asdict(text)) for text in kept)
    return len(kept)


def forget(session: Session, at: datetime, text_days: int) -> None:
    """Delete what has been kept long enough: texts after so many days (0: all of them), counts after a year."""
    session.execute(delete(AskedText).where(AskedText.asked_at <= at - timedelta(days=text_days)))
    session.execute(delete(QuestionCount).where(QuestionCount.hour < at - COUNTS_KEPT))
    session.execute(delete(FeedbackCount).where(FeedbackCount.day < at - COUNTS_KEPT))


def texts(session: Session) -> Sequence[AskedText]:
    """Return the texts that are kept, oldest first. They may be shown in groups only: see `answering/grouping.py`."""
    return session.scalars(select(AskedText).order_by(AskedText.asked_at, AskedText.id)).all()


def drop_texts(session: Session, numbers: Sequence[int]) -> int:
    """Delete the texts with these numbers and return how many there were."""
    gone = session.execute(delete(AskedText).where(AskedText.id.in_(numbers)).returning(AskedText.id))
    return len(gone.all())


def totals(session: Session, column: str, since: datetime) -> dict[str, int]:
    """Return how many questions there were for each value of a column of the counts, most first.

    column: "verdict", "category", "band", "language", "length", or "hour" for the hours of the day in UTC.
    """
    value = getattr(QuestionCount, column)
    rows = session.execute(
        select(value, func.sum(QuestionCount.count)).where(QuestionCount.hour >= since).group_by(value)
    )
    found: Counter[str] = Counter()
    for key, number in rows:
        found[key.strftime("%H") if isinstance(key, datetime) else key] += number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def ratings(session: Session, since: datetime) -> list[Rated]:
    """Return what visitors thought of each passage: called unsafe first, then those that helped least."""
    rows = session.execute(
        select(FeedbackCount.passage, FeedbackCount.helpful, FeedbackCount.reason, func.sum(FeedbackCount.count))
        .where(FeedbackCount.day >= since)
        .group_by(FeedbackCount.passage, FeedbackCount.helpful, FeedbackCount.reason)
    )
    helped: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for passage, helpful, reason, number in rows:
        told = reasons.setdefault(passage, Counter())
        if helpful:
            helped[passage] += number
        else:
            told[reason] += number
    rated = [Rated(passage, helped[passage], dict(told)) for passage, told in reasons.items()]
    return sorted(rated, key=lambda each: (-each.reasons.get("unsafe", 0), -each.not_helpful, each.passage))
