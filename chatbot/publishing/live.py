"""Publish, withdraw, restore, verify: what makes an article live, or takes it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from chatbot.corpus.writer import digest, path_of, stored
from chatbot.errors import CorpusError, Refused
from chatbot.publishing.checking import Report, check_draft, check_removal
from chatbot.publishing.desk import Desk
from chatbot.publishing.differences import Difference
from chatbot.publishing.reviewing import Opinion, reviewed
from chatbot.publishing.steps import Step, carry_out, checksum_of
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Draft, Review, Revision
from chatbot.values import Article


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it, why, and when."""

    at: datetime
    publisher_id: int | None = None
    # None: somebody at the command line, or the program at the time that was set
    why: str = ""
    override: str = ""
    # why lost golden questions shall not stop it
    schedule_id: int | None = None


class Blocked(Refused):
    """Golden questions would be lost; a publisher may publish all the same, with a reason."""

    def __init__(self, lost: Sequence[Difference]) -> None:
        self.lost = tuple(lost)
        asked = "; ".join(difference.probe.ask for difference in lost[:5])
        super().__init__(
            f"{len(lost)} golden questions would be lost: {asked}. Mend the draft, or say why it is right."
        )


def live_article(desk: Desk, slug: str) -> Article | None:
    """Return the article that is served under this slug."""
    return next((article for article in desk.library.loaded.articles if article.slug == slug), None)


def path_for(desk: Desk, slug: str) -> str:
    """Return the path of an article's file: where it is served from, or where a new one will stand."""
    article = live_article(desk, slug)
    return article.source.path if article else path_of(desk.folder, f"{slug}.md")


def check(desk: Desk, draft: Draft, today: date, unanswered: Sequence[str] = ()) -> Report:
    """Check a draft as it stands, at the place where it would be published."""
    return check_draft(desk, path_for(desk, draft.slug), draft.source, unanswered=unanswered, today=today)


def publish(desk: Desk, draft_id: int, edits: int, order: Order) -> bool:
    """Publish a reviewed draft; return whether its revision could be recorded already.

    edits: the number of the version that was looked at. Raises Refused when no reviewer has approved exactly this text,
    CorpusError with the errors that stop it, Blocked for lost golden questions without a reason, StaleEdit when the
    published article was changed since the draft began, and what `carry_out` raises: then nothing has changed.
    """
    with desk.database.reading() as session:
        draft, approval = _approved(session, draft_id, edits)
    path = path_for(desk, draft.slug)
    _refuse_other_formats(path)
    _stop(check(desk, draft, order.at.date()), order)

    def allowed(session: Session) -> None:
        _approved(session, draft_id, edits)

    step = _step(desk, draft.slug, "published", path, draft.source.encode(), order)
    step = replace(
        step,
        before=draft.base_checksum,
        author_id=draft.author_id,
        reviewer_id=approval.reviewer_id,
        draft_id=draft.id,
    )
    return carry_out(desk, step, allowed)


def withdraw(desk: Desk, slug: str, order: Order, *, kind: str = "withdrawn") -> bool:
    """Take an article away; its file is moved to the folder of withdrawn ones.

    Never stopped by lost questions: a dangerous article must go at once. Raises Refused for an unknown article, for the
    only one and without a reason, and what `carry_out` raises.
    """
    article = live_article(desk, slug)
    if article is None:
        raise Refused(f'There is no published article "{slug}".')
    if not order.why.strip():
        raise Refused("Say why it is withdrawn; the history keeps it.")
    if len(desk.library.loaded.articles) == 1:
        raise Refused("This is the only article; a chat without any cannot answer. Publish another one first.")
    path = article.source.path
    return carry_out(desk, replace(_step(desk, slug, kind, path, None, order), before=checksum_of(desk, path)))


def check_withdrawal(desk: Desk, slug: str, today: date) -> Report:
    """Say which answers change when the article goes."""
    return check_removal(desk, path_for(desk, slug), today=today)


def restore(desk: Desk, revision_id: int, order: Order) -> bool:
    """Publish an old version again, as a new revision; what stands now stays in the history.

    Raises as `publish` does; Refused for a revision without a text.
    """
    with desk.database.reading() as session:
        old = session.get(Revision, revision_id)
    if old is None or not old.source:
        raise Refused("This revision has no text to restore; choose the one before it.")
    if not order.why.strip():
        raise Refused("Say why it is restored; the history keeps it.")
    article = live_article(desk, old.slug)
    path = article.source.path if article else (old.path or path_of(desk.folder, f"{old.slug}.md"))
    _stop(check_draft(desk, path, old.source, today=order.at.date()), order)
    step = _step(desk, old.slug, "restored", path, old.source.encode(), order)
    step = replace(step, before=checksum_of(desk, path), author_id=old.author_id, reviewer_id=old.reviewer_id)
    return carry_out(desk, step)


def verify(desk: Desk, slug: str, opinion: Opinion, reviewer_id: int, at: datetime) -> bool:
    """Note in a published article that a clinician has read it and that it is right as it stands.

    Only its dates and the reviewer's name change. Raises Refused without a name and a next date, for one's own words,
    and for an article whose file has no front matter; and what `carry_out` raises.
    """
    article = live_article(desk, slug)
    if article is None:
        raise Refused(f'There is no published article "{slug}".')
    path = article.source.path
    _refuse_other_formats(path)
    if not opinion.clinician or opinion.review_by is None:
        raise Refused("Give the clinician's name and the date of the next review.")
    with desk.database.reading() as session:
        history = revisions.history(session, slug)
    if history and history[0].author_id == reviewer_id:
        raise Refused("These words are yours, and nobody reviews their own. Ask a colleague.")
    text = _text(desk, path)
    order = Order(at, None, why=opinion.words or "verified without change")
    step = _step(desk, slug, "verified", path, reviewed(text, opinion, at.date()).encode(), order)
    author_id = history[0].author_id if history else None
    return carry_out(desk, replace(step, before=digest(text.encode()), reviewer_id=reviewer_id, author_id=author_id))


def _approved(session: Session, draft_id: int, edits: int) -> tuple[Draft, Review]:
    draft = drafts.find(session, draft_id)
    if draft is None or draft.state not in drafts.OPEN:
        raise Refused("This draft is closed: it was published or dropped.")
    approval = revisions.approval(session, draft, digest(draft.source.encode()))
    if approval is None or draft.edits != edits:
        raise Refused("No reviewer has approved exactly this text. Hand it in for review first.")
    return draft, approval


def _stop(report: Report, order: Order) -> None:
    if report.errors:
        raise CorpusError(report.errors)
    if report.lost and not order.override.strip():
        raise Blocked(report.lost)


def _refuse_other_formats(path: str) -> None:
    if not path.endswith(".md"):
        raise Refused(
            f"The published article is the file {path}, which is no Markdown. Withdraw it, then publish this."
        )


def _step(desk: Desk, slug: str, kind: str, path: str, data: bytes | None, order: Order) -> Step:
    reasons = [order.why.strip(), f"lost golden questions accepted: {order.override.strip()}" if order.override else ""]
    return Step(
        slug=slug,
        kind=kind,
        path=path,
        data=data,
        before="",
        at=order.at,
        why="; ".join(filter(None, reasons)),
        publisher_id=order.publisher_id,
        schedule_id=order.schedule_id,
    )


def _text(desk: Desk, path: str) -> str:
    try:
        return (stored(desk.folder, path) or b"").decode()
    except UnicodeDecodeError:
        raise Refused(f"The file {path} is not written in UTF-8; save it so first.") from None
