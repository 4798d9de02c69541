"""What happens to articles by itself at a time that a publisher has set, once, whichever process comes first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.corpus.writer import digest
from chatbot.errors import Busy, ChatbotError, DatabaseUnavailable, Refused, Unwritable
from chatbot.publishing.desk import Desk
from chatbot.publishing.live import Order, publish, withdraw
from chatbot.publishing.steps import recover
from chatbot.storage import drafts, revisions
from chatbot.storage.audit import Event
from chatbot.storage.tables import Draft, Schedule


def plan_publishing(session: Session, draft_id: int, edits: int, due_at: datetime, order: Order) -> Schedule:
    """Publish an approved draft at a later time; a change until then stops it. Raises Refused."""
    draft = drafts.find(session, draft_id)
    approved = draft and draft.edits == edits and revisions.approval(session, draft, digest(draft.source.encode()))
    if draft is None or not approved:
        raise Refused("No reviewer has approved exactly this text. Hand it in for review first.")
    return _plan(session, "publish", draft.slug, due_at, order, draft_id=draft.id)


def plan_withdrawal(session: Session, slug: str, due_at: datetime, order: Order) -> Schedule:
    """Take an article away at a later time. Raises Refused."""
    return _plan(session, "withdraw", slug, due_at, order)


def cancel(session: Session, schedule_id: int, at: datetime) -> Schedule:
    """Take a scheduled step back. Raises Refused when it is done already."""
    found = session.get(Schedule, schedule_id, with_for_update=True)
    if found is None or found.done_at is not None:
        raise Refused("This step is not waiting any more: it was done or taken back.")
    found.done_at, found.outcome = at, "taken back"
    return found


def carry_out_due(desk: Desk, at: datetime) -> list[tuple[Schedule, str]]:
    """Do every step whose time has come; return each with its outcome: "done", or why it could not be.

    A step that a rule or an error of the draft stops is not tried again: a person has to look. One that the disk, the
    database or a busy colleague stops stays waiting. Raises DatabaseUnavailable, Unwritable or Busy.
    """
    with desk.database.reading() as session:
        query = select(Schedule).where(Schedule.done_at.is_(None), Schedule.due_at <= at)
        waiting = session.scalars(query.order_by(Schedule.due_at, Schedule.id)).all()
    if waiting:
        # One of them may have happened already, by a process that was killed before it could say so.
        recover(desk)
    return [(each, _carry_out(desk, each, at)) for each in waiting]


def _carry_out(desk: Desk, step: Schedule, at: datetime) -> str:
    order = Order(at, step.ordered_by_id, step.why, step.override, schedule_id=step.id)
    try:
        if step.action == "withdraw":
            withdraw(desk, step.slug, order, kind="expired")
        else:
            publish(desk, step.draft_id or 0, _edits(desk, step), order)
    except (Busy, DatabaseUnavailable, Unwritable) as error:
        return f"waits: {error}"
    except ChatbotError as error:
        return _give_up(desk, step, str(error), at)
    return "done"


def _edits(desk: Desk, step: Schedule) -> int:
    with desk.database.reading() as session:
        draft = session.get(Draft, step.draft_id or 0)
        return draft.edits if draft else 0


def _give_up(desk: Desk, step: Schedule, why: str, at: datetime) -> str:
    with desk.database.writing() as session:
        mine = session.get_one(Schedule, step.id, with_for_update=True)
        if mine.done_at is not None:
            # Another process did it while this one looked.
            return mine.outcome
        mine.done_at, mine.outcome = at, f"stopped: {why}"
        desk.record(session, Event(at, step.ordered_by_id, "schedule.stopped", step.slug, why))
    return f"stopped: {why}"


def _plan(
    session: Session, action: str, slug: str, due_at: datetime, order: Order, draft_id: int | None = None
) -> Schedule:
    if due_at <= order.at:
        raise Refused("This time is past; choose one in the future.")
    if any(each.action == action for each in revisions.waiting_steps(session, slug)):
        raise Refused("Such a step is scheduled for this article already; take it back first.")
    planned = Schedule(
        slug=slug,
        action=action,
        draft_id=draft_id,
        due_at=due_at,
        ordered_by_id=order.publisher_id,
        why=order.why.strip() or ("scheduled" if action == "publish" else "its time was over"),
        override=order.override.strip(),
        outcome="",
    )
    session.add(planned)
    session.flush()
    return planned
