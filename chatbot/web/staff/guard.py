"""Who may pass: every request to the console is judged here before its view runs."""

from __future__ import annotations

import secrets
import threading
from contextlib import suppress
from datetime import UTC, datetime

from flask import Response, abort, current_app, g, request
from werkzeug.exceptions import HTTPException

from chatbot.errors import Busy, DatabaseUnavailable
from chatbot.services import services
from chatbot.storage import sessions
from chatbot.storage.accounts import Member, member
from chatbot.web.staff.browser import is_private_enough, read_cookie
from chatbot.web.staff.pages import back_to, note, page, refusal, say
from chatbot.web.staff.rooms import Room, role_of

SAFE = ("GET", "HEAD", "OPTIONS")
BODY_LIMIT = 1024 * 1024
# bytes of a request, where a view does not say more
TOGETHER = 4
# requests to the console at a time in one process: the other threads are the visitors'

WORTH_COPYING = 64
# characters; a form's token is as long

_turns = threading.BoundedSemaphore(TOGETHER)


def guard(room: Room) -> None:
    """Put a room under guard."""
    room.before_request(_take_turn)
    room.before_request(_judge)
    room.after_request(_close_up)
    room.teardown_request(_give_turn)
    room.register_error_handler(HTTPException, refusal)
    room.register_error_handler(DatabaseUnavailable, refusal)
    room.register_error_handler(Busy, refusal)


def _take_turn() -> None:
    if not _turns.acquire(blocking=False):
        raise Busy("The console has a lot to do at this moment. Try again in a few seconds.")
    g.staff_turn = True


def _give_turn(error: BaseException | None) -> None:
    if g.pop("staff_turn", False):
        _turns.release()


def _judge() -> Response | None:
    """Let the request through, or answer in its place. What cannot be judged does not pass."""
    view = current_app.view_functions[request.endpoint or ""]
    request.max_content_length = request.max_form_memory_size = getattr(view, "staff_body", BODY_LIMIT)
    if not is_private_enough():
        abort(403, "Signing in needs https. Behind a proxy, set CHATBOT_TRUSTED_PROXIES; see the README.")
    if request.method not in SAFE and not _comes_from_our_pages():
        abort(403, "This request did not come from a page of the console, so nothing was done.")
    role = role_of(current_app._get_current_object(), request.endpoint or "")  # type: ignore[attr-defined]
    g.staff_member = _member()
    if role is not None and g.staff_member is None:
        return _ask_to_sign_in()
    if role is not None and not g.staff_member.may(role):
        _record_refusal()
        abort(403, f"This page is for the role {role}; yours is {g.staff_member.role}.")
    if request.method not in SAFE and not _has_token():
        abort(403, "The page was too old, so nothing was done. Open it again and repeat what you did.")
    if role is not None and g.staff_member.must_change and not hasattr(view, "staff_before_change"):
        say("Choose a password of your own first: somebody else knows the one you have.")
        return back_to("staff_own.index")
    return None


def _record_refusal() -> None:
    # Who has no right to read must not learn it from a database that fails.
    with suppress(DatabaseUnavailable), services().database.writing() as session:
        note(session, "access.refused", request.path, detail=request.method)


def _comes_from_our_pages() -> bool:
    """Judge by what no page can change: browsers say where a request comes from."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, f"{request.scheme}://{request.host}")


def _has_token() -> bool:
    given = request.headers.get("X-Form-Token") or request.form.get("token", "")
    return bool(g.staff_token) and secrets.compare_digest(given.encode(), g.staff_token.encode())


def _member() -> Member | None:
    """Return who is signed in, and note that they are here."""
    held, mark, at = read_cookie("session"), read_cookie("browser"), datetime.now(tz=UTC)
    database, seal = services().database, services().keys.seal
    g.staff_session, g.staff_token = None, seal("form", "browser", mark) if mark else ""
    if not held:
        return None
    with database.reading() as session:
        found = sessions.find(session, held, at)
    if found is None:
        return None
    g.staff_session, g.staff_message = found.token_hash, found.message
    g.staff_token = seal("form", "session", held)
    if at - found.seen_at >= sessions.SEEN_EVERY:
        with database.writing() as session:
            sessions.touch(session, found.token_hash, at)
    return member(found.account)


def _ask_to_sign_in() -> Response:
    if request.method in SAFE:
        return back_to("staff_door.sign_in", next=request.path if request.path != "/staff/" else None)
    # Nothing is lost: what was typed is shown, to be copied.
    typed = [
        text for name, text in request.form.items(multi=True) if "password" not in name and len(text) > WORTH_COPYING
    ]
    return page("staff/signed_out.html", 401, typed=typed)


def _close_up(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    leave = g.pop("staff_said", g.pop("staff_leave", None))
    if leave is not None and g.staff_session:
        # What was done is done: a message that cannot be kept is no reason to say otherwise.
        with suppress(DatabaseUnavailable), services().database.writing() as session:
            sessions.leave_message(session, g.staff_session, leave)
    return response
