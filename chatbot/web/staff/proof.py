"""Proof that somebody is who they say, counted like every other try."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from chatbot.services import services
from chatbot.storage import accounts, passwords, second_factor, sessions, tries
from chatbot.storage.database import Session
from chatbot.storage.tables import Account
from chatbot.web.limits import network
from chatbot.web.staff import browser
from chatbot.web.staff.pages import current_member, now


class TooOften(Exception):
    """Too many wrong tries; left: how long to wait."""

    def __init__(self, left: timedelta) -> None:
        self.seconds = int(left.total_seconds()) + 1
        super().__init__(f"That was wrong too often. Wait {self.seconds} seconds, then try again.")


def prove(name: str, password: str, code: str | None) -> Account | None:
    """Return the account that these open, or None. Raises TooOften, Busy and DatabaseUnavailable.

    The try is counted before the password is looked at, so that a thousand at once are no shortcut, and an unknown name
    takes the same steps as a known one. code: of the second factor; None where the session has proved it already.
    """
    at, (account_key, address_key) = now(), _keys(name)
    with services().database.writing() as session:
        left = tries.take(session, [account_key, address_key], at)
        account = accounts.find(session, name)
    if left:
        raise TooOften(left)
    right = passwords.is_right(password, account.password_hash if account and accounts.may_enter(account, at) else None)
    with services().database.writing() as session:
        account = accounts.find(session, name)
        if not right or account is None or not (code is None or second_factor.passes(account, code, at)):
            return None
        if passwords.is_outdated(account.password_hash):
            account.password_hash = passwords.hashed(password)
        tries.forgive(session, wholly=account_key, one=address_key)
        return account


def problem_of_own(password: str) -> str:
    """Say why the member may not do something that asks for their password again; empty: they may."""
    try:
        account = prove(current_member().name, password, None)
    except TooOften as error:
        return str(error)
    return "" if account else "Your password was wrong, so nothing was changed."


def begin_session(session: Session, account: Account, response: Response) -> None:
    """Sign the browser that gets this response in, with a token that nobody has seen before."""
    token = sessions.begin(session, account, browser=browser.describe_browser(), at=now())
    browser.set_cookie(response, "session", token)
    browser.set_cookie(response, "browser", browser.known_mark(account.name))


def own_account(session: Session) -> Account:
    """Return the account of the member who is signed in."""
    return session.get_one(Account, current_member().id)


def _keys(name: str) -> tuple[str, str]:
    """Return what a try is counted under: the account, or the browser where it is known there; and the address."""
    seal = services().keys.seal
    who = browser.read_cookie("browser") if browser.is_known_to(name) else ""
    return seal("try by name", name, who), seal("try by address", network(request.remote_addr or ""))
