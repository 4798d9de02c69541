"""Author, reviewer, publisher: who may say what about a draft. Nobody reviews their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from chatbot.corpus.composing import with_values
from chatbot.corpus.writer import digest
from chatbot.errors import Refused, StaleEdit
from chatbot.publishing.checking import publishable
from chatbot.storage import drafts
from chatbot.storage.tables import Draft, Review


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says about a draft."""

    approves: bool
    words: str = ""
    clinician: str = ""
    # their name as visitors shall read it; empty: they did not review as a clinician, and no review date is set
    review_by: date | None = None
    # when the article shall be reviewed again


def submit(session: Session, draft_id: int, edits: int, at: datetime) -> Draft:
    """Hand a draft in for review; it is taken exactly as it stands. Raises StaleEdit, or Refused for a closed one."""
    draft = _known(session, draft_id, edits)
    draft.source = publishable(draft.source)
    draft.state, draft.changed_at = "in_review", at
    return draft


def take_back(session: Session, draft_id: int, edits: int, at: datetime) -> Draft:
    """Take a draft out of review, to write on. Raises StaleEdit, or Refused for a closed one."""
    draft = _known(session, draft_id, edits)
    draft.state, draft.changed_at = "draft", at
    return draft


def give_opinion(
    session: Session, draft_id: int, edits: int, opinion: Opinion, *, reviewer_id: int, at: datetime
) -> Draft:
    """Approve a draft, or ask for changes; a clinician's name and the dates go into its front matter.

    Raises Refused for one's own words, for a draft that is not in review and for changes that nobody described;
    StaleEdit when it was changed since it was read.
    """
    draft = _known(session, draft_id, edits)
    if draft.state != "in_review":
        raise Refused("This draft is not in review; its author hands it in first.")
    if drafts.wrote(draft, reviewer_id):
        raise Refused("Some of these words are yours, and nobody reviews their own. Ask a colleague.")
    if not opinion.approves and not opinion.words.strip():
        raise Refused("Say what shall be changed, so that the author knows.")
    if opinion.approves:
        draft.source = reviewed(draft.source, opinion, at.date())
    draft.state, draft.changed_at = ("approved" if opinion.approves else "draft"), at
    session.add(
        Review(
            draft_id=draft.id,
            checksum=digest(draft.source.encode()),
            reviewer_id=reviewer_id,
            verdict="approved" if opinion.approves else "changes",
            words=opinion.words.strip(),
            at=at,
        )
    )
    return draft


def reviewed(source: str, opinion: Opinion, today: date) -> str:
    """Return the article's text with a clinician's review in its front matter; without one it stays as it is.

    Raises Refused for a next review that is not in the future.
    """
    if opinion.review_by is not None and opinion.review_by <= today:
        raise Refused("The next review must lie in the future.")
    changes: dict[str, object] = {}
    if opinion.clinician:
        changes |= {"reviewer": opinion.clinician, "reviewed": today.isoformat()}
    if opinion.review_by is not None:
        changes["review_by"] = opinion.review_by.isoformat()
    return with_values(source, changes)


def _known(session: Session, draft_id: int, edits: int) -> Draft:
    draft = drafts.find(session, draft_id)
    if draft is None or draft.state not in drafts.OPEN:
        raise Refused("This draft is closed: it was published or dropped.")
    if draft.edits != edits:
        raise StaleEdit("This draft was changed since you read it. Read it again.", draft.source, draft.edits)
    return draft
