"""The history of published articles, and what was said about drafts on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from chatbot.storage.tables import AskedText, Draft, Review, Revision, Schedule

ASKED_AT_LEAST = 3
# times before a question may be shown to anybody
MOST_ASKED = 200
AWAY = ("withdrawn", "expired")
# kinds of revision after which there is no file


def latest(session: Session) -> Mapping[str, Revision]:
    """Return the newest revision of each article, by slug."""
    newest = select(func.max(Revision.id)).group_by(Revision.slug)
    return {found.slug: found for found in session.scalars(select(Revision).where(Revision.id.in_(newest)))}


def history(session: Session, slug: str) -> Sequence[Revision]:
    """Return every revision of an article, newest first, with the accounts that had a part in it."""
    query = select(Revision).where(Revision.slug == slug).order_by(Revision.id.desc())
    people = (joinedload(Revision.author), joinedload(Revision.reviewer), joinedload(Revision.publisher))
    return session.scalars(query.options(*people)).all()


def newest(session: Session, slug: str) -> Revision | None:
    """Return the newest revision of one article."""
    return session.scalars(select(Revision).where(Revision.slug == slug).order_by(Revision.id.desc()).limit(1)).first()


def reviews(session: Session, draft_id: int) -> Sequence[Review]:
    """Return what reviewers said about a draft, newest first."""
    query = select(Review).where(Review.draft_id == draft_id).options(joinedload(Review.reviewer))
    return session.scalars(query.order_by(Review.id.desc())).all()


def approval(session: Session, draft: Draft, checksum: str) -> Review | None:
    """Return the review that approves exactly this text of the draft, None while there is none."""
    if draft.state != "approved":
        return None
    newest = next(iter(reviews(session, draft.id)), None)
    return newest if newest and newest.verdict == "approved" and newest.checksum == checksum else None


def waiting_steps(session: Session, slug: str | None = None) -> Sequence[Schedule]:
    """Return what is scheduled and not done, soonest first."""
    query = select(Schedule).where(Schedule.done_at.is_(None))
    if slug is not None:
        query = query.where(Schedule.slug == slug)
    return session.scalars(query.order_by(Schedule.due_at, Schedule.id)).all()


def asked_in_vain(session: Session) -> tuple[str, ...]:
    """Return redacted questions that were not answered, those asked most often first; rare ones are shown to nobody."""
    query = (
        select(func.max(AskedText.text))
        .group_by(AskedText.folded)
        .having(func.count() >= ASKED_AT_LEAST)
        .order_by(func.count().desc(), AskedText.folded)
    )
    return tuple(session.scalars(query.limit(MOST_ASKED)))
