"""Signing in and out."""

from __future__ import annotations

import re

from flask import Response, g, make_response, redirect, request, url_for

from chatbot.services import services
from chatbot.storage import accounts, sessions
from chatbot.storage.database import Session
from chatbot.storage.tables import Account
from chatbot.web.staff import browser
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, note, page
from chatbot.web.staff.proof import TooOften, begin_session, prove
from chatbot.web.staff.rooms import Room, before_change, needs

WRONG = "Name or password are wrong. Who uses a second factor needs its code, too."
OURS = re.compile(r"/staff/[\w/-]*", re.ASCII)

room = Room("door", __name__, role=None, at_root=True)
guard(room)


@room.get("/sign-in")
def sign_in() -> Response:
    """Show the form; a browser that is new gets a mark, to which the form's token belongs."""
    if g.staff_member:
        return back_to("staff_start.index")
    return _form()


@room.post("/sign-in")
def enter() -> Response:
    """Sign in with name, password and, where there is one, the code of the second factor."""
    name = request.form.get("name", "")[:200]
    try:
        account = prove(name, request.form.get("password", ""), request.form.get("code", ""))
    except TooOften as error:
        response = _form(problem=str(error), status=429, name=name)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    with services().database.writing() as session:
        if account is not None:
            return _signed_in(session, account)
        known = accounts.find(session, name)
        note(session, "sign-in.refused", accounts.subject(known) if known else "unknown name")
    return _form(problem=WRONG, status=401, name=name)


@room.post("/sign-out")
@needs("author")
@before_change
def sign_out() -> Response:
    """End this session here and in the database."""
    with services().database.writing() as session:
        sessions.end(session, g.staff_session)
        note(session, "sign-out")
    response = make_response(redirect(url_for("staff_door.sign_in"), 303))
    browser.set_cookie(response, "session", "")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _signed_in(session: Session, account: Account) -> Response:
    if old := browser.read_cookie("session"):
        sessions.end(session, sessions.hash_of(old))
    asked = request.form.get("next", "")
    response = make_response(redirect(asked if OURS.fullmatch(asked) else url_for("staff_start.index"), 303))
    begin_session(session, account, response)
    g.staff_member = accounts.member(account)
    note(session, "sign-in")
    return response


def _form(*, problem: str = "", status: int = 200, name: str = "") -> Response:
    database = services().database
    with database.reading() as session:
        nobody = not accounts.everybody(session)
    asked = request.values.get("next", "")
    mark = browser.read_cookie("browser") or browser.fresh_mark()
    g.staff_token = services().keys.seal("form", "browser", mark)
    response = page(
        "staff/sign_in.html",
        status,
        problem=problem,
        name=name,
        nobody=nobody,
        next=asked if OURS.fullmatch(asked) else "",
    )
    browser.set_cookie(response, "browser", mark)
    return response
