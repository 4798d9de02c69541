"""The audit log, for admins."""

from __future__ import annotations

import json

from flask import Response, make_response, request

from chatbot.services import services
from chatbot.storage import accounts
from chatbot.storage.audit import as_record, lines, verify
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import note, page
from chatbot.web.staff.rooms import Room

AT_A_TIME = 100

room = Room("audit", __name__, role="admin", link="Audit log")
guard(room)


@room.get("/")
def index() -> Response:
    """Show what was done, newest first."""
    return _log()


@room.post("/check")
def check() -> Response:
    """Look whether each line stands as it was written, and none is missing."""
    with services().database.writing() as session:
        found = verify(session, services().keys)
        note(session, "audit.checked", detail="sound" if not found else f"{len(found)} faults")
    return _log(faults=found)


@room.post("/export")
def export() -> Response:
    """Hand out the whole log, a JSON object a line."""
    with services().database.writing() as session:
        note(session, "audit.exported")
        records = [as_record(line) for line in reversed(lines(session))]
    response = make_response("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    response.mimetype = "application/jsonl"
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.jsonl"'
    return response


def _log(*, faults: list[str] | None = None) -> Response:
    before = request.args.get("before", type=int)
    with services().database.reading() as session:
        found = lines(session, newest=AT_A_TIME + 1, before_id=before)
        names = accounts.names(session)
    shown = found[:AT_A_TIME]
    return page(
        "staff/audit.html",
        lines=shown,
        names=names,
        subjects={f"account {number}": name for number, name in names.items()},
        older=shown[-1].id if len(found) > AT_A_TIME else None,
        before=before,
        faults=faults,
    )
