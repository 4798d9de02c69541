"""What waits for somebody: counted for the console's first page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chatbot.storage.tables import Draft, Job, Schedule, Suggestion


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each kind."""

    drafts: int
    # being written
    reviews: int
    # sent to a reviewer
    approved: int
    # to be published
    scheduled: int
    suggestions: int
    # to be approved or rejected
    jobs: int
    # running in the background


def waiting(session: Session) -> Waiting:
    """Count what waits."""
    counted = session.execute(select(Draft.state, func.count()).group_by(Draft.state))
    states = {row[0]: row[1] for row in counted}

    def count(query: object) -> int:
        return session.scalar(query) or 0  # type: ignore[call-overload]

    return Waiting(
        drafts=states.get("draft", 0),
        reviews=states.get("in_review", 0),
        approved=states.get("approved", 0),
        scheduled=count(select(func.count()).select_from(Schedule).where(Schedule.done_at.is_(None))),
        suggestions=count(select(func.count()).select_from(Suggestion).where(Suggestion.state == "open")),
        jobs=count(select(func.count()).select_from(Job).where(Job.state.in_(("waiting", "running")))),
    )
