from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from chatbot.storage import accounts, second_factor
from chatbot.storage.tables import Account
from tests.web.staff.conftest import Browser, actions, wired, with_password

AsRole = Callable[[str], Browser]


@pytest.fixture
def admin(as_role: AsRole) -> Browser:
    return as_role("admin")


def account(console: Flask, name: str) -> Account:
    with wired(console).database.reading() as session:
        found = accounts.find(session, name)
    assert found
    return found


def change(console: Flask, admin: Browser, what: str, name: str = "author", **form: str) -> int:
    return admin.post(f"/staff/accounts/{account(console, name).id}/{what}", form).status_code


def given_password(page: str) -> str:
    return re.findall(r"The password of <strong>[^<]+</strong> is <code>([^<]+)</code>", page)[0]


def test_new_account_gets_a_password_that_is_shown_once_and_opens_the_door(
    console: Flask, admin: Browser, as_role: AsRole
) -> None:
    password = given_password(admin.post("/staff/accounts/", {"name": "Ana", "role": "reviewer"}).text)
    assert len(password) >= 15
    assert password not in admin.get("/staff/accounts/").text
    assert account(console, "ana").role == "reviewer"
    browser = as_role("")
    assert browser.sign_in("ana", password).status_code == 303
    assert browser.get("/staff/").location == "/staff/own/"


def test_given_password_opens_nothing_after_three_days(console: Flask, admin: Browser, as_role: AsRole) -> None:
    password = given_password(admin.post("/staff/accounts/", {"name": "ana", "role": "author"}).text)
    with wired(console).database.writing() as session:
        session.get_one(Account, account(console, "ana").id).password_changed_at -= timedelta(hours=72)
    assert as_role("").sign_in("ana", password).status_code == 401


@pytest.mark.parametrize(("name", "words"), [("a", "2 to 60 characters"), ("Author", "already"), ("", "2 to 60")])
def test_account_that_cannot_be_added_is_said_and_the_name_kept(admin: Browser, name: str, words: str) -> None:
    reply = admin.post("/staff/accounts/", {"name": name, "role": "author"})
    assert (reply.status_code, words in reply.text) == (422, True)


def test_role_that_is_none_gives_the_least(console: Flask, admin: Browser) -> None:
    admin.post("/staff/accounts/", {"name": "ana", "role": "owner"})
    assert account(console, "ana").role == "author"


def test_new_role_counts_at_the_next_click(console: Flask, admin: Browser, as_role: AsRole) -> None:
    browser = as_role("author")
    assert browser.get("/staff/audit/").status_code == 403
    assert change(console, admin, "role", role="admin") == 303
    assert browser.get("/staff/audit/").status_code == 200
    assert change(console, admin, "role", role="author") == 303
    assert browser.get("/staff/audit/").status_code == 403


def test_disabled_account_is_out_at_once_and_may_come_back(console: Flask, admin: Browser, as_role: AsRole) -> None:
    with_password(console, "author")
    browser = as_role("author")
    assert change(console, admin, "disabled") == 303
    assert browser.get("/staff/").status_code == 303
    assert as_role("").sign_in("author").status_code == 401
    assert change(console, admin, "enabled") == 303
    assert as_role("").sign_in("author").status_code == 303


def test_new_password_signs_its_owner_out(console: Flask, admin: Browser, as_role: AsRole) -> None:
    browser = as_role("author")
    reply = admin.post(f"/staff/accounts/{account(console, 'author').id}/password")
    assert browser.get("/staff/").status_code == 303
    assert as_role("").sign_in("author", given_password(reply.text)).status_code == 303


def test_second_factor_of_a_lost_device_is_dropped(console: Flask, admin: Browser) -> None:
    with wired(console).database.writing() as session:
        second_factor.turn_on(session.get_one(Account, account(console, "author").id), second_factor.fresh_secret(), 0)
    assert "Drop second factor" in admin.get("/staff/accounts/").text
    change(console, admin, "no-factor")
    assert account(console, "author").totp_secret is None


@pytest.mark.parametrize("what", ["disabled", "role", "password", "no-factor"])
def test_nobody_does_it_to_themselves(console: Flask, admin: Browser, what: str) -> None:
    assert change(console, admin, what, "admin", role="author") == 403
    assert admin.get("/staff/accounts/").status_code == 200


def test_unknown_change_and_unknown_account_are_not_found(console: Flask, admin: Browser) -> None:
    assert change(console, admin, "explode") == 404
    assert admin.post("/staff/accounts/99/disabled").status_code == 404


def test_every_change_stands_in_the_audit_log(console: Flask, admin: Browser) -> None:
    admin.post("/staff/accounts/", {"name": "ana", "role": "author"})
    for what in ("role", "disabled", "enabled", "no-factor", "password"):
        change(console, admin, what)
    told = ["added", "role", "disabled", "enabled", "no-factor", "password"]
    assert actions(console) == [f"account.{what}" for what in told]


def test_name_is_text_whatever_it_holds(admin: Browser) -> None:
    admin.post("/staff/accounts/", {"name": "<img src=x onerror=alert(1)>", "role": "author"})
    for path in ("/staff/accounts/", "/staff/audit/"):
        page = admin.get(path).text
        assert "<img" not in page
        assert "&lt;img" in page
