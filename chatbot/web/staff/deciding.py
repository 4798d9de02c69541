"""The check before publishing, and what follows from it: hand in, approve, publish, schedule, drop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Response, request

from chatbot.errors import CorpusError, Refused, StaleEdit
from chatbot.publishing import live, reviewing, schedule
from chatbot.publishing.checking import Report, check_draft, publishable
from chatbot.publishing.live import Blocked, Order
from chatbot.publishing.passages import text_diff
from chatbot.publishing.reviewing import Opinion
from chatbot.publishing.steps import UNRECORDED, checksum_of
from chatbot.services import services
from chatbot.storage import drafts, revisions
from chatbot.storage.database import Session
from chatbot.storage.tables import Draft
from chatbot.web.staff.draft_form import title_of
from chatbot.web.staff.editing import known_draft, room
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import needs

__all__ = ["room"]
# the editor's: the views here are added to it

LIVE = "It is live. Every server process serves it within 2 seconds."


@room.get("/<int:number>/check")
def check(number: int) -> Response:
    """Show what publishing would change, and what may be done next."""
    return checked(known_draft(number))


@room.post("/<int:number>/hand-in")
def hand_in(number: int) -> Response:
    """Hand the draft in for review."""
    return _decide(number, "draft.handed_in", lambda session: reviewing.submit(session, number, edits(), now()))


@room.post("/<int:number>/take-back")
def take_back(number: int) -> Response:
    """Take the draft out of review, to write on."""
    return _decide(number, "draft.taken_back", lambda session: reviewing.take_back(session, number, edits(), now()))


@room.post("/<int:number>/opinion")
@needs("reviewer")
def opinion(number: int) -> Response:
    """Approve the draft, or ask for changes."""
    approves = request.form.get("do") == "approve"

    def decide(session: Session) -> Draft:
        said = Opinion(approves, words("words"), words("clinician"), day("review_by"))
        return reviewing.give_opinion(session, number, edits(), said, reviewer_id=current_member().id, at=now())

    return _decide(number, "draft.approved" if approves else "draft.sent_back", decide)


@room.post("/<int:number>/publish")
@needs("publisher")
def publish(number: int) -> Response:
    """Publish the draft now, or at the time that is given."""
    draft = known_draft(number)
    try:
        due_at, order = moment("due_at"), order_of_form()
        if due_at:
            return _schedule(draft, due_at, order)
        recorded = live.publish(services().desk, number, edits(), order)
    except (Refused, CorpusError, StaleEdit, ValueError) as error:
        return checked(draft, problem=error)
    services().library.refresh()
    say(LIVE if recorded else UNRECORDED)
    return back_to("staff_articles.article", slug=draft.slug)


@room.post("/<int:number>/new-base")
def take_new_base(number: int) -> Response:
    """Let a draft replace the article as it stands now, after its author has seen both texts."""

    def decide(session: Session) -> Draft:
        draft = drafts.find(session, number)
        if draft is None or draft.state not in drafts.OPEN or draft.edits != edits():
            raise Refused("This draft was changed or closed since you looked at it.")
        desk = services().desk
        draft.base_checksum, draft.state = checksum_of(desk, live.path_for(desk, draft.slug)), "draft"
        return draft

    return _decide(number, "draft.new_base", decide)


@room.post("/<int:number>/drop")
def drop(number: int) -> Response:
    """Drop the draft; only its author or a publisher may."""

    def decide(session: Session) -> Draft:
        draft = drafts.find(session, number)
        if draft is None or draft.state not in drafts.OPEN:
            raise Refused("This draft is closed already.")
        if draft.author_id != current_member().id and not current_member().may("publisher"):
            raise Refused("Only its author or a publisher may drop a draft.")
        draft.state, draft.changed_at = "dropped", now()
        return draft

    dropped = _decide(number, "draft.dropped", decide)
    if dropped.status_code != 303:
        return dropped
    say("Dropped. The published article, if there is one, is as it was.")
    return back_to("staff_articles.index")


def checked(draft: Draft, *, problem: Exception | None = None) -> Response:
    """Show the check of a draft, with what went wrong when something was tried."""
    desk, today = services().desk, now().date()
    path = live.path_for(desk, draft.slug)
    with services().database.reading() as session:
        unanswered = revisions.asked_in_vain(session)
        said = list(revisions.reviews(session, draft.id))
        planned = [each for each in revisions.waiting_steps(session, draft.slug) if each.draft_id == draft.id]
    report = check_draft(desk, path, publishable(draft.source), unanswered=unanswered, today=today)
    current = _current(path)
    return page(
        "staff/drafts/check.html",
        409 if problem else 200,
        draft=draft,
        title=title_of(draft.source, draft.slug),
        report=report,
        problem=sentence(problem),
        needs_reason=bool(report.lost),
        is_mine=drafts.wrote(draft, current_member().id),
        is_stale=draft.base_checksum != checksum_of(desk, path),
        words=text_diff(current, draft.source) if draft.base_checksum != checksum_of(desk, path) else (),
        reviews=said,
        planned=planned,
        next_review=today.replace(year=today.year + 1, day=min(today.day, 28)),
        typed=request.form,
    )


def order_of_form() -> Order:
    """Return the order of the member who sent the form."""
    return Order(now(), current_member().id, words("why"), words("override"))


def edits() -> int:
    """Return which version of the draft the form was about."""
    return request.form.get("edits", -1, type=int)


def words(name: str) -> str:
    """Return a field's words on one line, at most 500 characters."""
    return " ".join(request.form.get(name, "").split())[:500]


def day(name: str) -> date | None:
    """Return a field's day, None where it is empty. Raises Refused for what is no day."""
    given = words(name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Refused(f'"{given}" is not a day; write it as 2027-08-15.') from None


def moment(name: str) -> datetime | None:
    """Return a field's moment in UTC, None where it is empty. Raises Refused for what is none."""
    given = words(name)
    try:
        return datetime.fromisoformat(given).replace(tzinfo=UTC) if given else None
    except ValueError:
        raise Refused(f'"{given}" is not a time; write it as 2027-08-15T09:30.') from None


def sentence(problem: Exception | None) -> str:
    """Return what went wrong, without the files' names: the page is about one article."""
    if isinstance(problem, CorpusError):
        return " ".join(f"{each.message[:1].upper()}{each.message[1:]}." for each in problem.problems)
    return "" if problem is None else str(problem)


def _schedule(draft: Draft, due_at: datetime, order: Order) -> Response:
    report: Report = live.check(services().desk, draft, order.at.date())
    if report.errors:
        raise CorpusError(report.errors)
    if report.lost and not order.override:
        raise Blocked(report.lost)
    with services().database.writing() as session:
        planned = schedule.plan_publishing(session, draft.id, edits(), due_at, order)
        note(session, "schedule.planned", draft.slug, detail=f"{planned.action} at {due_at:%Y-%m-%d %H:%M} UTC")
    say(f"It will be published on {due_at:%-d %b %Y at %H:%M} UTC.")
    return back_to("staff_articles.article", slug=draft.slug)


def _decide(number: int, action: str, decide: Callable[[Session], Draft]) -> Response:
    """Do one thing with a draft, write it into the audit log, and go back to the check."""
    draft = known_draft(number)
    try:
        with services().database.writing() as session:
            changed = decide(session)
            note(session, action, changed.slug, detail=words("words"), after=changed.source)
    except (Refused, CorpusError, StaleEdit) as error:
        return checked(draft, problem=error)
    say(DONE.get(action, "Done."))
    return back_to("staff_drafts.check", number=number)


def _current(path: str) -> str:
    try:
        return (services().desk.folder / path).read_text("utf-8", errors="replace")
    except OSError:
        return ""


DONE = {
    "draft.handed_in": "Handed in. A reviewer other than you reads it now.",
    "draft.taken_back": "Taken back; you can write on.",
    "draft.approved": "Approved. A publisher can publish it now.",
    "draft.sent_back": "Sent back to the author, with your words.",
    "draft.new_base": "This draft replaces the article as it stands now. It needs a review again.",
}
