from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
import pytest
from flask import Flask

from chatbot.storage import accounts, sessions
from tests.web.staff.conftest import PASSWORD, Browser, actions, wired, with_password

AsRole = Callable[[str], Browser]
NEW = "otter velvet anchor plum"


@pytest.fixture
def author(console: Flask, as_role: AsRole) -> Browser:
    with_password(console, "author")
    return as_role("author")


def test_page_shows_where_the_member_is_signed_in(author: Browser, as_role: AsRole) -> None:
    as_role("author")
    page = author.get("/staff/own/").text
    assert page.count("Test</span>") == 2
    assert page.count("this browser") == 1
    assert page.count("Sign out there") == 1


def test_password_is_changed_with_the_old_one_only(console: Flask, author: Browser) -> None:
    wrong = author.post("/staff/own/password", {"password": "wrong", "new_password": NEW})
    assert (wrong.status_code, "Your password was wrong" in wrong.text) == (422, True)
    right = author.post("/staff/own/password", {"password": PASSWORD, "new_password": NEW})
    assert (right.status_code, right.location) == (303, "/staff/own/")
    assert actions(console) == ["account.password"]


def test_changed_password_opens_the_door_and_the_old_one_does_not(author: Browser, as_role: AsRole) -> None:
    author.post("/staff/own/password", {"password": PASSWORD, "new_password": NEW})
    assert as_role("").sign_in("author", NEW).status_code == 303
    assert as_role("").sign_in("author", PASSWORD).status_code == 401


@pytest.mark.parametrize("new", ["short", "password", "author1234", PASSWORD])
def test_bad_new_password_is_refused_with_the_reason(author: Browser, new: str) -> None:
    reply = author.post("/staff/own/password", {"password": PASSWORD, "new_password": new})
    assert reply.status_code == 422
    assert "The new password cannot be used." in reply.text


def test_guessing_the_own_password_waits_too(author: Browser) -> None:
    for _ in range(5):
        author.post("/staff/own/password", {"password": "wrong", "new_password": NEW})
    assert "Wait " in author.post("/staff/own/password", {"password": PASSWORD, "new_password": NEW}).text


def test_all_other_browsers_can_be_signed_out(author: Browser, as_role: AsRole) -> None:
    others = [as_role("author") for _ in range(2)]
    author.post("/staff/own/sessions", {"all": "1"})
    assert [other.get("/staff/").status_code for other in others] == [303, 303]
    assert "Signed out there." in author.get("/staff/own/").text


def test_message_is_shown_once(author: Browser) -> None:
    author.post("/staff/own/sessions", {"all": "1"})
    assert "Signed out there." in author.get("/staff/").text
    assert "Signed out there." not in author.get("/staff/").text


def test_own_browser_is_signed_out_by_the_button_for_it_only(author: Browser) -> None:
    reply = author.post("/staff/own/sessions", {"session": sessions.hash_of(author.token)})
    assert reply.status_code == 404
    assert author.get("/staff/").status_code == 200


def test_member_downloads_what_is_kept_about_them(author: Browser) -> None:
    reply = author.post("/staff/own/data")
    assert reply.json["account"]["name"] == "author"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_member_deletes_their_account_with_their_password_only(
    console: Flask, author: Browser, as_role: AsRole
) -> None:
    assert author.post("/staff/own/erase", {"password": "wrong"}).status_code == 422
    assert author.post("/staff/own/erase", {"password": PASSWORD}).status_code == 303
    assert author.get("/staff/").status_code == 303
    assert as_role("").sign_in("author").status_code == 401
    with wired(console).database.reading() as session:
        assert accounts.find(session, "author") is None


def test_member_with_a_given_password_must_change_it_first(console: Flask, as_role: AsRole) -> None:
    with_password(console, "author", must_change=True)
    browser = as_role("")
    browser.sign_in("author")
    assert browser.get("/staff/").location == "/staff/own/"
    assert browser.post("/staff/own/data").location == "/staff/own/"
    assert "somebody else knows" in browser.get("/staff/own/").text
    browser.post("/staff/own/password", {"password": PASSWORD, "new_password": NEW})
    browser.take_token()
    assert browser.get("/staff/").status_code == 200


def begin_factor(author: Browser) -> dict[str, str]:
    page = author.post("/staff/factor/", {"password": PASSWORD}).text
    return {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in ("secret", "seal")}


def test_second_factor_is_on_once_a_first_code_was_right(console: Flask, author: Browser, as_role: AsRole) -> None:
    form = begin_factor(author)
    wrong = author.post("/staff/factor/on", {**form, "code": "000000"})
    assert (wrong.status_code, form["secret"] in wrong.text) == (422, True)
    code = pyotp.TOTP(form["secret"]).at(datetime.now(tz=UTC))
    codes = re.findall(
        r"<li><code>([0-9a-f-]{19})</code>", author.post("/staff/factor/on", {**form, "code": code}).text
    )
    assert len(codes) == 10
    assert as_role("").sign_in("author").status_code == 401
    assert as_role("").sign_in("author", code=codes[0]).status_code == 303
    assert "9 recovery codes are left" in author.get("/staff/own/").text
    author.post("/staff/factor/off", {"password": PASSWORD})
    assert as_role("").sign_in("author").status_code == 303
    assert {"factor.added", "factor.removed"} <= set(actions(console))


def test_secret_that_was_made_for_somebody_else_is_refused(console: Flask, author: Browser, as_role: AsRole) -> None:
    form = begin_factor(author)
    code = pyotp.TOTP(form["secret"]).at(datetime.now(tz=UTC))
    assert as_role("reviewer").post("/staff/factor/on", {**form, "code": code}).status_code == 403
    assert author.post("/staff/factor/on", {**form, "secret": "A" * 32, "code": code}).status_code == 403


@pytest.mark.parametrize("path", ["/staff/factor/", "/staff/factor/off"])
def test_second_factor_is_changed_with_the_password_only(author: Browser, path: str) -> None:
    reply = author.post(path, {"password": "wrong"})
    assert (reply.status_code, "Your password was wrong" in reply.text) == (422, True)
