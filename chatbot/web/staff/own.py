"""Your account: password, second factor, where you are signed in, your data."""

from __future__ import annotations

import json

from flask import Response, abort, g, make_response, redirect, request, url_for

from chatbot.services import services
from chatbot.storage import accounts, own_data, passwords, sessions
from chatbot.web.staff import browser
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.proof import begin_session, own_account, problem_of_own
from chatbot.web.staff.rooms import Room, before_change

room = Room("own", __name__, role="author")
guard(room)


@room.get("/")
@before_change
def index() -> Response:
    """Show everything that is the member's own."""
    return _own_page()


@room.post("/password")
@before_change
def change_password() -> Response:
    """Take a new password; every browser is signed out, and this one in again."""
    given, fresh = request.form.get("password", ""), request.form.get("new_password", "")
    problems = passwords.faults(fresh, current_member().name, services().settings.name)
    if fresh == given:
        problems.append("It is the one you have now.")
    if problems or (problem := problem_of_own(given)):
        return _own_page(problems=["The new password cannot be used.", *problems] if problems else [problem])
    kept = passwords.hashed(fresh)
    response = back_to("staff_own.index")
    with services().database.writing() as session:
        account = own_account(session)
        accounts.set_password(session, account, kept, now(), must_change=False)
        begin_session(session, account, response)
        note(session, "account.password", accounts.subject(account))
    return response


@room.post("/sessions")
def end_session() -> Response:
    """Sign one of one's own browsers out, or all but this one."""
    number = current_member().id
    with services().database.writing() as session:
        mine = {found.token_hash for found in sessions.of_account(session, number, now())}
        if request.form.get("all"):
            sessions.end_all(session, number, but=g.staff_session)
        elif (which := request.form.get("session", "")) in mine - {g.staff_session}:
            sessions.end(session, which)
        else:
            abort(404, "This browser was signed out already.")
        note(session, "session.ended", f"account {number}")
    say("Signed out there.")
    return back_to("staff_own.index")


@room.post("/data")
def export() -> Response:
    """Hand out everything that is kept about the member."""
    with services().database.writing() as session:
        found = own_data.collect(session, own_account(session))
        note(session, "account.exported", f"account {current_member().id}")
    response = make_response(json.dumps(found, indent=2, ensure_ascii=False))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@room.post("/erase")
def erase() -> Response:
    """Delete the member's name, password and sessions; what they did stays, under a number."""
    if problem := problem_of_own(request.form.get("password", "")):
        return _own_page(problems=[problem])
    with services().database.writing() as session:
        note(session, "account.erased", f"account {current_member().id}")
        own_data.erase(session, own_account(session), now())
    response = make_response(redirect(url_for("staff_door.sign_in"), 303))
    browser.set_cookie(response, "session", "")
    browser.set_cookie(response, "browser", "")
    return response


def _own_page(*, problems: list[str] | None = None) -> Response:
    with services().database.reading() as session:
        account = own_account(session)
        signed_in = sessions.of_account(session, account.id, now())
    return page(
        "staff/own.html",
        422 if problems else 200,
        account=account,
        signed_in=signed_in,
        here=g.staff_session,
        problems=problems or [],
        shortest=passwords.SHORTEST,
        advised=passwords.ADVISED,
    )
