"""Long work in the background: begun, taken up by one process, told how far it is, done or failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, defer

from chatbot.storage.tables import Job

KEPT = timedelta(days=7)
# after that the original that was brought in is gone, too
SILENT = timedelta(minutes=3)
# a job that has said nothing for so long was stopped with its process


def begin(session: Session, kind: str, *, given: bytes, result: str, account_id: int | None, at: datetime) -> Job:
    """Add a job that waits, and return it with its number; result: what is known at once, as JSON."""
    job = Job(
        kind=kind, state="waiting", input=given, result=result, account_id=account_id, created_at=at, changed_at=at
    )
    session.add(job)
    session.flush()
    return job


def take_up(session: Session, number: int, at: datetime) -> Job | None:
    """Return a job that waits, for this process alone; None when another has it or it is gone."""
    claim = update(Job).where(Job.id == number, Job.state == "waiting").values(state="running", changed_at=at)
    return session.get(Job, number) if session.execute(claim).rowcount else None  # type: ignore[attr-defined]


def tell(session: Session, number: int, *, done: int, total: int, message: str, at: datetime) -> None:
    """Say how far a job is."""
    session.execute(
        update(Job)
        .where(Job.id == number, Job.state == "running")
        .values(done=done, total=total, message=message, changed_at=at)
    )


def end(session: Session, number: int, *, result: str, at: datetime, failed: str = "") -> None:
    """Keep what a job has brought, as JSON; failed: why it has brought nothing."""
    session.execute(
        update(Job)
        .where(Job.id == number)
        .values(state="failed" if failed else "done", result=result, message=failed, changed_at=at)
    )


def find(session: Session, number: int, account_id: int, *, with_input: bool = False) -> Job | None:
    """Return a job of this account's, without the bytes that it was given unless they are asked for."""
    query = select(Job).where(Job.id == number, Job.account_id == account_id)
    return session.scalars(query if with_input else query.options(defer(Job.input))).one_or_none()


def of_account(session: Session, account_id: int, kind: str) -> Sequence[Job]:
    """Return an account's jobs of a kind, the newest first, without the bytes that they were given."""
    query = select(Job).where(Job.account_id == account_id, Job.kind == kind).options(defer(Job.input))
    return session.scalars(query.order_by(Job.id.desc())).all()


def is_stopped(job: Job, at: datetime) -> bool:
    """Say whether nobody works on a job any more that is neither done nor failed."""
    return job.state in ("waiting", "running") and at - job.changed_at > SILENT


def forget(session: Session, at: datetime) -> None:
    """Delete what was kept long enough."""
    session.execute(delete(Job).where(Job.changed_at < at - KEPT))
