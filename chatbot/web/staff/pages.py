"""What the console's views use: a page, a message, the member who is signed in, the way back."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from flask import Response, current_app, g, make_response, redirect, render_template, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from chatbot.services import services
from chatbot.storage.accounts import Member
from chatbot.storage.audit import Event
from chatbot.storage.database import Session
from chatbot.web.staff.rooms import Room

TITLES = {403: "You may not do this", 404: "There is no such page", 413: "That was too much", 503: "Not at this moment"}


def page(template: str, status: int = 200, **values: object) -> Response:
    """Render one of the console's pages: its template gets these values, `member`, `navigation`, `said` and `token`."""
    return make_response(
        render_template(
            template,
            member=g.get("staff_member"),
            navigation=_navigation(g.get("staff_member")),
            said=_take_message(),
            token=g.get("staff_token", ""),
            database_problem=services().database.problem,
            **values,
        ),
        status,
    )


def say(text: str) -> None:
    """Show a sentence on this page, or after a redirect on the next one, once."""
    g.staff_said = text


def back_to(endpoint: str, **values: object) -> Response:
    """Send the browser to another page after something was done; a reload there does nothing again."""
    return make_response(redirect(url_for(endpoint, **values), 303))  # type: ignore[arg-type]


def current_member() -> Member:
    """Return who is signed in; only for views in rooms that need a role."""
    found: Member = g.staff_member
    return found


def now() -> datetime:
    """Return this moment."""
    return datetime.now(tz=UTC)


def note(
    session: Session,
    action: str,
    subject: str = "",
    *,
    detail: str = "",
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Write into the audit log what the member did; call it within the session that does it.

    action: "thing.done" in at most 40 characters. before, after: texts, of which only their SHA-256 is kept.
    """
    member = g.get("staff_member")
    event = Event(
        now(), member.id if member else None, action, subject, detail, before=_digest(before), after=_digest(after)
    )
    services().record(session, event)


def refusal(error: Exception) -> Response:
    """Show an error as a page of the console."""
    if isinstance(error, HTTPException):
        if error.response is not None:
            return make_response(error.response)
        status, detail = error.code or 500, error.description or ""
    else:
        status, detail = 503, str(error)
    title = TITLES.get(status, HTTP_STATUS_CODES.get(status, "Something went wrong"))
    response = page("staff/problem.html", status, title=title, detail=detail)
    if status == 503:
        response.headers["Retry-After"] = "3"
    return response


def _navigation(member: Member | None) -> list[tuple[str, str, str]]:
    """Return the words, address and endpoint's room of each part that the member may enter."""
    rooms = [room for room in current_app.blueprints.values() if isinstance(room, Room)]
    return [
        (room.link, url_for(f"{room.name}.index"), room.name)
        for room in rooms
        if room.link and room.role and member and member.may(room.role)
    ]


def _take_message() -> str:
    left: str = g.get("staff_message", "")
    said: str = g.pop("staff_said", "")
    if left:
        g.staff_leave = ""
    return said or left


def _digest(text: str | None) -> str:
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()
