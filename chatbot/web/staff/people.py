"""Accounts, for admins."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from flask import Response, abort, request

from chatbot.services import services
from chatbot.storage import accounts, passwords, second_factor
from chatbot.storage.accounts import ROLES, Role
from chatbot.storage.database import Session
from chatbot.storage.tables import Account
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import Room

room = Room("accounts", __name__, role="admin", link="Accounts")
guard(room)


@room.get("/")
def index() -> Response:
    """List the accounts, with a form for a new one."""
    return _list()


@room.post("/")
def add() -> Response:
    """Add an account with a password made here, which its owner must change when first signing in."""
    name, role = accounts.folded(request.form.get("name", "")), _role()
    if fault := accounts.name_fault(name):
        return _list(problem=fault, typed=name)
    password = secrets.token_urlsafe(12)
    kept = passwords.hashed(password)
    with services().database.writing() as session:
        if accounts.find(session, name):
            return _list(problem=f"There is an account {name} already.", typed=name)
        account = accounts.add(session, name, role, password_hash=kept, at=now(), must_change=True)
        note(session, "account.added", accounts.subject(account), detail=role)
    return _list(given=(name, password))


@room.post("/<int:number>/<change>")
def edit(number: int, change: str) -> Response:
    """Change one account; nobody can shut themselves out by it."""
    if change == "password":
        return _new_password(number)
    if change not in CHANGES:
        abort(404, "This cannot be done to an account.")
    with services().database.writing() as session:
        account = _other(session, number)
        detail = CHANGES[change](session, account)
        note(session, f"account.{change}", accounts.subject(account), detail=detail)
    say(f"Done: {account.name}.")
    return back_to("staff_accounts.index")


def _new_password(number: int) -> Response:
    password = secrets.token_urlsafe(12)
    kept = passwords.hashed(password)
    with services().database.writing() as session:
        account = _other(session, number)
        accounts.set_password(session, account, kept, now(), must_change=True)
        note(session, "account.password", accounts.subject(account))
    return _list(given=(account.name, password))


def _set_role(session: Session, account: Account) -> str:
    before, account.role = account.role, _role()
    return f"{before} to {account.role}"


def _disable(session: Session, account: Account) -> str:
    accounts.disable(session, account, now())
    return ""


def _enable(session: Session, account: Account) -> str:
    account.disabled_at = None
    return ""


def _forget_factor(session: Session, account: Account) -> str:
    second_factor.turn_off(account)
    return ""


CHANGES: Mapping[str, Callable[[Session, Account], str]] = {
    "role": _set_role,
    "disabled": _disable,
    "enabled": _enable,
    "no-factor": _forget_factor,
}


def _role() -> Role:
    given = request.form.get("role", "")
    return next((role for role in ROLES if role == given), "author")


def _other(session: Session, number: int) -> Account:
    account = session.get(Account, number)
    if account is None or account.erased_at:
        abort(404, "There is no such account.")
    if account.id == current_member().id:
        abort(403, "This is your own account. Somebody else must do this to it, or you under Your account.")
    return account


def _list(*, problem: str = "", typed: str = "", given: tuple[str, str] | None = None) -> Response:
    with services().database.reading() as session:
        everybody = accounts.everybody(session)
    return page(
        "staff/accounts.html",
        422 if problem else 200,
        everybody=everybody,
        roles=ROLES,
        problem=problem,
        typed=typed,
        given=given,
        hours=int(accounts.FIRST_PASSWORD.total_seconds() // 3600),
    )
