"""The second factor of one's own account: an app's code at each sign-in."""

from __future__ import annotations

import secrets

from flask import Response, abort, request

from chatbot.services import services
from chatbot.storage import accounts, second_factor
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.proof import own_account, problem_of_own
from chatbot.web.staff.rooms import Room

room = Room("factor", __name__, role="author")
guard(room)


@room.post("/")
def begin() -> Response:
    """Show a new secret to put into an app; nothing is kept until a code shows that it arrived."""
    if problem := problem_of_own(request.form.get("password", "")):
        return page("staff/factor.html", 422, problems=[problem])
    return _secret_page(second_factor.fresh_secret())


@room.post("/on")
def turn_on() -> Response:
    """Ask for codes from now on, when the first one is right; the recovery codes are shown this once."""
    secret = request.form.get("secret", "")
    if not secrets.compare_digest(request.form.get("seal", "").encode(), _seal(secret).encode()):
        abort(403, "This secret was not made for you, so nothing was done. Begin again under your account.")
    step = second_factor.used_step(secret, request.form.get("code", ""), now())
    if step is None:
        return _secret_page(secret, "The code was wrong. Is the clock of your device right?")
    with services().database.writing() as session:
        account = own_account(session)
        codes = second_factor.turn_on(account, secret, step)
        note(session, "factor.added", accounts.subject(account))
    return page("staff/factor.html", codes=codes)


@room.post("/off")
def turn_off() -> Response:
    """Ask for no codes any more."""
    if problem := problem_of_own(request.form.get("password", "")):
        return page("staff/factor.html", 422, problems=[problem])
    with services().database.writing() as session:
        account = own_account(session)
        second_factor.turn_off(account)
        note(session, "factor.removed", accounts.subject(account))
    say("Signing in asks for no code any more.")
    return back_to("staff_own.index")


def _secret_page(secret: str, problem: str = "") -> Response:
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return page(
        "staff/factor.html",
        422 if problem else 200,
        problems=[problem] if problem else [],
        secret=secret,
        grouped=grouped,
        seal=_seal(secret),
        link=second_factor.app_link(secret, current_member().name, services().settings.name),
    )


def _seal(secret: str) -> str:
    return services().keys.seal("second factor", str(current_member().id), secret)
