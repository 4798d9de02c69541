"""The one step that changes a live article: it has happened or it has not, wherever it is cut off.

1. What shall happen is kept in the database. 2. The file is replaced. 3. The revision and the audit line are kept, and
what was kept first goes. Who is killed in between leaves the first row behind: the file then says whether the step is
completed or taken back, at the next start or by the next one who publishes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.corpus.writer import clean_up, digest, hold, move_away, stored, write
from chatbot.errors import CorpusError, DatabaseUnavailable, Refused, StaleEdit
from chatbot.publishing.desk import Desk
from chatbot.storage import revisions
from chatbot.storage.audit import Event
from chatbot.storage.tables import Draft, Publication, Revision, Schedule

logger = logging.getLogger(__name__)

UNRECORDED = "It is live. Its revision will be recorded as soon as the database can be used again."


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one article's file."""

    slug: str
    kind: str
    # of the revision that it becomes
    path: str
    # relative to the corpus folder
    data: bytes | None
    # None: the file is moved away
    before: str
    # SHA-256 of the file that must stand there now; empty: none
    at: datetime
    why: str = ""
    author_id: int | None = None
    reviewer_id: int | None = None
    publisher_id: int | None = None
    draft_id: int | None = None
    schedule_id: int | None = None

    @property
    def after(self) -> str:
        return "" if self.data is None else digest(self.data)


def carry_out(desk: Desk, step: Step, allowed: Callable[[Session], None] = lambda session: None) -> bool:
    """Change the article's file and keep the revision; return whether it could be recorded already.

    allowed: asked once more within the transaction that begins it; raises to refuse. Raises StaleEdit when another file
    stands there than the step began from, CorpusError when the file cannot be written, DatabaseUnavailable when the
    step cannot be kept first, Busy when somebody else does not finish: then nothing has changed.
    """
    with hold(desk.folder):
        settle(desk)
        stood = _refuse_stale(desk, step)
        with desk.database.writing() as session:
            allowed(session)
            _keep_what_stood(session, step, stood)
            begun = _publication(step)
            session.add(begun)
            session.flush()
            number = begun.id
        try:
            _change_file(desk, step)
        except CorpusError:
            # Only the very last step may have failed, and then the new file stands.
            if not _settle_one(desk, number):
                raise
            return True
        return _recorded(desk, number)


def settle(desk: Desk) -> int:
    """Complete or take back every step that was cut off; return how many. Hold the folder meanwhile."""
    with desk.database.reading() as session:
        cut_off = session.scalars(select(Publication.id).order_by(Publication.id)).all()
    for number in cut_off:
        _settle_one(desk, number)
    return len(cut_off)


def recover(desk: Desk) -> int:
    """Clean up behind whoever was killed: half-written files and steps without an end. Return how many there were.

    Raises Busy, CorpusError or DatabaseUnavailable when it cannot be done now; it may be done later.
    """
    with hold(desk.folder):
        return clean_up(desk.folder) + settle(desk)


def checksum_of(desk: Desk, path: str) -> str:
    """Return the SHA-256 of the file as it stands now; empty where there is none."""
    data = stored(desk.folder, path)
    return "" if data is None else digest(data)


def _refuse_stale(desk: Desk, step: Step) -> bytes | None:
    """Return the file as it stands now, which is as the step expects it."""
    data = stored(desk.folder, step.path)
    found = "" if data is None else digest(data)
    if found != step.before:
        text = (data or b"").decode("utf-8", "replace")
        raise StaleEdit("The published article was changed meanwhile; nothing was published.", text)
    if found == step.after:
        raise Refused("This is exactly what is published already; there is nothing to do.")
    return data


def _keep_what_stood(session: Session, step: Step, stood: bytes | None) -> None:
    """Record the text that goes, where nobody has recorded it yet: it could not be restored."""
    last = revisions.newest(session, step.slug)
    if stood is not None and (last is None or last.checksum != step.before):
        # PostgreSQL keeps no NUL; a file that holds one is refused anyway.
        text = stood.decode("utf-8", "replace").replace("\0", "\ufffd")
        why = "found in the folder"
        session.add(
            Revision(
                slug=step.slug, kind="outside", path=step.path, source=text, checksum=step.before, why=why, at=step.at
            )
        )
        session.flush()


def _change_file(desk: Desk, step: Step) -> None:
    if step.data is None:
        move_away(desk.folder, step.path)
    else:
        write(desk.folder, step.path, step.data)


def _recorded(desk: Desk, number: int) -> bool:
    try:
        with desk.database.writing() as session:
            _record(desk, session, session.get_one(Publication, number))
    except DatabaseUnavailable as error:
        logger.error("an article was published, its revision is recorded later: %s", error)
        return False
    return True


def _settle_one(desk: Desk, number: int) -> bool:
    """Record the step when its file stands as it should, otherwise forget it; return whether it has happened."""
    with desk.database.writing() as session:
        begun = session.get(Publication, number)
        if begun is None:
            return False
        try:
            happened = checksum_of(desk, begun.path) == begun.after
        except CorpusError:
            happened = False
        if happened:
            _record(desk, session, begun)
        else:
            detail = "it was cut off before the file was written; nothing was changed"
            desk.record(session, Event(begun.at, begun.publisher_id, "article.not_changed", begun.slug, detail))
            session.delete(begun)
    return happened


def _record(desk: Desk, session: Session, begun: Publication) -> None:
    session.add(
        Revision(
            slug=begun.slug,
            kind=begun.kind,
            path=begun.path,
            source=begun.source,
            checksum=begun.after,
            author_id=begun.author_id,
            reviewer_id=begun.reviewer_id,
            publisher_id=begun.publisher_id,
            why=begun.why,
            at=begun.at,
        )
    )
    if begun.draft_id and (draft := session.get(Draft, begun.draft_id)):
        draft.state = "published"
    if begun.schedule_id and (schedule := session.get(Schedule, begun.schedule_id)):
        schedule.done_at, schedule.outcome = begun.at, "done"
    event = Event(
        begun.at,
        begun.publisher_id or begun.reviewer_id,
        f"article.{begun.kind}",
        begun.slug,
        begun.why,
        before=begun.before,
        after=begun.after,
    )
    desk.record(session, event)
    session.delete(begun)


def _publication(step: Step) -> Publication:
    return Publication(
        slug=step.slug,
        kind=step.kind,
        path=step.path,
        source="" if step.data is None else step.data.decode(),
        before=step.before,
        after=step.after,
        draft_id=step.draft_id,
        schedule_id=step.schedule_id,
        author_id=step.author_id,
        reviewer_id=step.reviewer_id,
        publisher_id=step.publisher_id,
        why=step.why,
        at=step.at,
    )
