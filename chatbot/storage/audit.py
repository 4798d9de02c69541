"""The audit log: lines that are only ever added, each sealed together with the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chatbot.storage.keys import Keys
from chatbot.storage.tables import AuditHead, AuditLine

PURPOSE = "audit log"
KEPT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody did."""

    at: datetime
    account_id: int | None
    # None: at the command line, or by the program itself
    action: str
    # such as "article.published"
    subject: str = ""
    # of what was changed: a slug, an account; never a visitor's words
    detail: str = ""
    before: str = ""
    after: str = ""
    # SHA-256 of the text before and after


def append(session: Session, keys: Keys, event: Event) -> None:
    """Add a line; it is kept when the session's other changes are."""
    head = _head(session)
    line = AuditLine(
        id=head.last_id + 1,
        at=event.at,
        account_id=event.account_id,
        action=event.action,
        subject=event.subject[:200],
        detail=event.detail,
        before=event.before,
        after=event.after,
        seal="",
    )
    line.seal = _seal(keys, head.last_seal, line)
    session.add(line)
    head.last_id, head.last_seal = line.id, line.seal
    head.seal = _head_seal(keys, head)
    session.flush()


def verify(session: Session, keys: Keys) -> list[str]:
    """Say what is wrong with the log, in sentences: each line changed, and each that is missing."""
    head = session.get_one(AuditHead, 1)
    found = list(_broken_lines(session, keys, head))
    if head.seal != (_head_seal(keys, head) if head.seal or head.last_id else ""):
        found.append("The end of the log was changed.")
    return found


def forget(session: Session, keys: Keys, at: datetime) -> int:
    """Delete the lines that have been kept long enough, write that into the log, and return how many they were."""
    head = _head(session)
    old = session.scalars(select(AuditLine).where(AuditLine.at < at - KEPT).order_by(AuditLine.id)).all()
    # Only a whole beginning can go: a clock that was wrong for a day must not tear a hole.
    old = [line for number, line in enumerate(old, start=head.first_id) if line.id == number]
    if not old:
        return 0
    head.first_id, head.start_seal = old[-1].id + 1, old[-1].seal
    head.seal = _head_seal(keys, head)
    session.execute(delete(AuditLine).where(AuditLine.id <= old[-1].id))
    append(session, keys, Event(at, None, "audit.forgotten", detail=f"{len(old)} lines were older than 12 months"))
    return len(old)


def lines(session: Session, *, newest: int | None = None, before_id: int | None = None) -> list[AuditLine]:
    """Return the log, newest first: so many lines at most, and only those before a number."""
    query = select(AuditLine).order_by(AuditLine.id.desc())
    if before_id is not None:
        query = query.where(AuditLine.id < before_id)
    return list(session.scalars(query.limit(newest)))


def as_record(line: AuditLine) -> dict[str, object]:
    """Return a line as JSON can hold it, for an export that can be checked against the log later."""
    return {
        "id": line.id,
        "at": line.at.isoformat(timespec="microseconds"),
        "account": line.account_id,
        "action": line.action,
        "subject": line.subject,
        "detail": line.detail,
        "before": line.before,
        "after": line.after,
        "seal": line.seal,
    }


def _head(session: Session) -> AuditHead:
    # Whoever else appends waits until this transaction has ended, so that the chain never forks.
    return session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)


def _broken_lines(session: Session, keys: Keys, head: AuditHead) -> Iterator[str]:
    seal, expected = head.start_seal, head.first_id
    for line in session.scalars(select(AuditLine).order_by(AuditLine.id).execution_options(yield_per=500)):
        if line.id != expected:
            yield _missing(expected, line.id - 1)
        elif line.seal != _seal(keys, seal, line):
            yield f"Line {line.id} was changed."
        seal, expected = line.seal, line.id + 1
    if expected <= head.last_id:
        yield _missing(expected, head.last_id)
    elif (expected, seal) != (head.last_id + 1, head.last_seal):
        yield "There are lines after the end of the log."


def _missing(first: int, last: int) -> str:
    return f"Line {first} is missing." if first == last else f"Lines {first} to {last} are missing."


def _seal(keys: Keys, previous: str, line: AuditLine) -> str:
    said = [str(part) for name, part in as_record(line).items() if name != "seal"]
    return keys.seal(PURPOSE, previous, *said)


def _head_seal(keys: Keys, head: AuditHead) -> str:
    return keys.seal(f"{PURPOSE}, ends", str(head.first_id), str(head.last_id), head.start_seal, head.last_seal)
