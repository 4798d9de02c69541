"""What is proposed to staff: nothing happens until somebody approves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.errors import Refused
from chatbot.storage.tables import Suggestion

Kind = Literal["synonym", "out_of_scope"]


def propose(session: Session, kind: Kind, text: str, *, meaning: str = "", evidence: str = "", at: datetime) -> bool:
    """Add a suggestion unless the same is open already; return whether it is new.

    meaning: of a synonym, the articles' word for it.
    """
    same = (Suggestion.kind == kind, Suggestion.text == text, Suggestion.section == meaning, Suggestion.state == "open")
    if session.scalar(select(Suggestion.id).where(*same)) is not None:
        return False
    session.add(Suggestion(kind=kind, slug="", section=meaning, text=text, evidence=evidence, state="open", made_at=at))
    return True


def waiting(session: Session) -> Sequence[Suggestion]:
    """Return the suggestions that nobody has decided on, oldest first."""
    return session.scalars(select(Suggestion).where(Suggestion.state == "open").order_by(Suggestion.id)).all()


def decide(
    session: Session, number: int, state: Literal["approved", "rejected"], *, by: int, at: datetime
) -> Suggestion:
    """Note what somebody decided. Raises Refused when somebody else has decided already."""
    found = session.get(Suggestion, number, with_for_update=True)
    if found is None or found.state != "open":
        raise Refused("Somebody has decided on this suggestion already.")
    found.state, found.decided_by_id, found.decided_at = state, by, at
    session.flush()
    return found
