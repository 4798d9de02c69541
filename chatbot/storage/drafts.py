"""Articles on their way: begun, saved by who knows the latest version, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from chatbot.errors import Refused, StaleEdit
from chatbot.storage.tables import Draft

OPEN = ("draft", "in_review", "approved")


def begin(
    session: Session,
    *,
    slug: str,
    source: str,
    author_id: int | None,
    at: datetime,
    base_checksum: str = "",
    note: str = "",
    brought_in: tuple[str, str, bytes] = ("", "md", b""),
) -> Draft:
    """Add a draft and return it with its number.

    source: the article file's text. base_checksum: SHA-256 of the published file it began from; empty for a new
    article. brought_in: name, format and bytes of the original, where there is one.
    """
    file_name, original_format, original = brought_in
    draft = Draft(
        slug=slug,
        source=source,
        author_id=author_id,
        editors=str(author_id or ""),
        base_checksum=base_checksum,
        note=note,
        file_name=file_name,
        format=original_format,
        original=original,
        state="draft",
        edits=0,
        created_at=at,
        changed_at=at,
    )
    session.add(draft)
    session.flush()
    return draft


def find(session: Session, draft_id: int) -> Draft | None:
    """Return a draft with its author; within `writing` it cannot be changed by anybody else meanwhile."""
    query = select(Draft).where(Draft.id == draft_id).options(joinedload(Draft.author))
    return session.scalars(query.with_for_update(of=Draft)).one_or_none()


def open_drafts(session: Session, slug: str | None = None) -> Sequence[Draft]:
    """Return the drafts that are neither published nor dropped, the one changed last first."""
    query = select(Draft).where(Draft.state.in_(OPEN)).options(joinedload(Draft.author))
    if slug is not None:
        query = query.where(Draft.slug == slug)
    return session.scalars(query.order_by(Draft.changed_at.desc(), Draft.id.desc())).all()


def save(
    session: Session, draft: Draft, source: str, *, slug: str, edits: int, editor_id: int | None, at: datetime
) -> bool:
    """Save a draft's text and return whether it has changed; a change makes a review of it void.

    edits: the number of the version that was edited. Raises StaleEdit when somebody has saved another one since,
    Refused when the draft is published or dropped.
    """
    if draft.state not in OPEN:
        raise Refused("This draft is closed: it was published or dropped. Begin a new one from the article.")
    if draft.source == source:
        return False
    if draft.edits != edits:
        raise StaleEdit("Somebody saved another version of this draft meanwhile.", draft.source, draft.edits)
    draft.source, draft.slug, draft.changed_at, draft.state = source, slug, at, "draft"
    draft.edits += 1
    draft.editors = " ".join(dict.fromkeys([*draft.editors.split(), *([str(editor_id)] if editor_id else [])]))
    return True


def wrote(draft: Draft, account_id: int) -> bool:
    """Say whether some of the draft's words are this account's."""
    return str(account_id) in draft.editors.split()
