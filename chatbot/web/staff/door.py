"""Signing in and out."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Response, g, make_response, redirect, request, url_for

from chatbot.services import services
from chatbot.storage import accounts, passwords, sessions, tries
from chatbot.storage.database import Session
from chatbot.storage.tables import Account
from chatbot.web.limits import network
from chatbot.web.staff import browser
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, note, now, page
from chatbot.web.staff.rooms import Room, needs

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
    """Sign in: count the try first, then look at the password, so that many at once are no shortcut."""
    name, password = accounts.folded(request.form.get("name", ""))[:200], request.form.get("password", "")
    account_key, address_key = _keys(name)
    with services().database.writing() as session:
        left = tries.take(session, [account_key, address_key], now())
        account = accounts.find(session, name)
    if left:
        return _wait(left)
    usable = account is not None and account.disabled_at is None
    right = passwords.is_right(password, account.password_hash if account and usable else None)
    with services().database.writing() as session:
        if not right or account is None:
            note(session, "sign-in.refused", account.name if account else "unknown name")
            return _form(problem=WRONG, status=401, name=request.form.get("name", ""))
        tries.forgive(session, wholly=account_key, one=address_key)
        return _signed_in(session, account)


@room.post("/sign-out")
@needs("author")
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
    sessions.forget(session, now())
    tries.forget(session, now())
    if old := browser.read_cookie("session"):
        sessions.end(session, sessions.hash_of(old))
    token = sessions.begin(session, account, browser=browser.describe_browser(), at=now())
    g.staff_member = accounts.member(account)
    note(session, "sign-in")
    asked = request.form.get("next", "")
    response = make_response(redirect(asked if OURS.fullmatch(asked) else url_for("staff_start.index"), 303))
    browser.set_cookie(response, "session", token)
    browser.set_cookie(response, "browser", browser.known_mark(account.name))
    return response


def _keys(name: str) -> tuple[str, str]:
    """Return what a try is counted under: the account, or the browser where it is known there; and the address."""
    seal = services().keys.seal
    who = browser.read_cookie("browser") if browser.is_known_to(name) else ""
    return seal("try by name", name, who), seal("try by address", network(request.remote_addr or ""))


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


def _wait(left: timedelta) -> Response:
    seconds = int(left.total_seconds()) + 1
    response = _form(problem=f"That was wrong too often. Wait {seconds} seconds, then try again.", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
