"""Fixation and replay: what a thief may hold, and that it opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from chatbot.storage import accounts, sessions
from chatbot.storage.tables import StaffSession
from tests.web.staff.conftest import HOME, PASSWORD, Browser, wired, with_password

AsRole = Callable[[str], Browser]


@pytest.fixture
def owner(console: Flask, as_role: AsRole) -> Browser:
    with_password(console, "author")
    browser = as_role("")
    assert browser.sign_in("author").status_code == 303
    return browser


@pytest.fixture
def opens(console: Flask) -> Callable[[str], bool]:
    """Say whether a token that somebody got hold of opens the console for them."""

    def opens_it(token: str, cookie: str = "__Host-staff-session") -> bool:
        thief = console.test_client()
        thief.set_cookie(cookie, token, domain="chat.example", secure=True)
        return thief.get("/staff/", base_url=HOME).status_code == 200

    return opens_it


Opens = Callable[[str], bool]


def age(console: Flask, token: str, **fields: datetime) -> None:
    with wired(console).database.writing() as session:
        found = session.get_one(StaffSession, sessions.hash_of(token))
        for name, value in fields.items():
            setattr(found, name, value)


def test_1_token_that_a_thief_chose_before_is_not_taken_over(console: Flask, as_role: AsRole, opens: Opens) -> None:
    with_password(console, "author")
    victim = as_role("")
    victim.client.set_cookie("__Host-staff-session", "chosen-by-a-thief", domain="chat.example", secure=True)
    victim.sign_in("author")
    assert victim.token != "chosen-by-a-thief"
    assert not opens("chosen-by-a-thief")


def test_2_signing_in_again_gives_a_new_token_and_ends_the_old(console: Flask, owner: Browser, opens: Opens) -> None:
    before = owner.token
    keys = wired(console).keys
    form = {"token": keys.seal("form", "session", before), "name": "author", "password": PASSWORD}
    owner.post("/staff/sign-in", form)
    owner.take_token()
    assert owner.token != before
    assert not opens(before)
    assert opens(owner.token)


def test_3_token_is_dead_after_signing_out(owner: Browser, opens: Opens) -> None:
    assert opens(owner.token)
    reply = owner.post("/staff/sign-out")
    assert "staff-session=;" in reply.headers["Set-Cookie"]
    assert not opens(owner.token)


def test_4_token_is_dead_after_a_new_password(owner: Browser, opens: Opens) -> None:
    before = owner.token
    owner.post("/staff/own/password", {"password": PASSWORD, "new_password": "otter velvet anchor plum"})
    owner.take_token()
    assert not opens(before)
    assert opens(owner.token)


def test_5_token_is_dead_once_the_account_is_disabled_and_stays_so(
    console: Flask, owner: Browser, opens: Opens
) -> None:
    with wired(console).database.writing() as session:
        account = accounts.find(session, "author")
        assert account
        accounts.disable(session, account, datetime.now(tz=UTC))
    assert not opens(owner.token)
    with wired(console).database.writing() as session:
        account = accounts.find(session, "author")
        assert account
        account.disabled_at = None
    assert not opens(owner.token)


def test_6_token_is_dead_after_half_an_hour_without_use(console: Flask, owner: Browser, opens: Opens) -> None:
    age(console, owner.token, seen_at=datetime.now(tz=UTC) - sessions.IDLE)
    assert not opens(owner.token)


def test_7_token_is_dead_after_twelve_hours_of_use(console: Flask, owner: Browser, opens: Opens) -> None:
    age(console, owner.token, created_at=datetime.now(tz=UTC) - sessions.LONGEST)
    assert not opens(owner.token)


def test_8_token_is_dead_once_its_owner_ended_it_elsewhere(
    console: Flask, owner: Browser, as_role: AsRole, opens: Opens
) -> None:
    stolen = as_role("author").token
    assert opens(stolen)
    owner.post("/staff/own/sessions", {"session": sessions.hash_of(stolen)})
    assert not opens(stolen)
    assert opens(owner.token)


def test_9_what_the_database_keeps_is_no_token(owner: Browser, opens: Opens) -> None:
    assert not opens(sessions.hash_of(owner.token))


def test_10_cookie_of_a_plain_connection_opens_nothing_over_tls(owner: Browser, console: Flask) -> None:
    thief = console.test_client()
    thief.set_cookie("staff-session", owner.token, domain="chat.example")
    assert thief.get("/staff/", base_url=HOME).status_code == 303


def test_11_form_of_one_session_is_worth_nothing_in_another(owner: Browser, as_role: AsRole) -> None:
    other = as_role("author")
    reply = other.post("/staff/own/sessions", {"token": owner.form_token, "all": "1"})
    assert reply.status_code == 403
    assert owner.get("/staff/").status_code == 200


def test_12_form_of_before_signing_in_is_worth_nothing_after_it(console: Flask, as_role: AsRole) -> None:
    with_password(console, "author")
    browser = as_role("")
    browser.get("/staff/sign-in")
    before = browser.form_token
    browser.sign_in("author")
    assert browser.post("/staff/sign-out", {"token": before}).status_code == 403


def test_13_somebody_elses_session_cannot_be_ended(owner: Browser, as_role: AsRole, opens: Opens) -> None:
    admin = as_role("admin")
    assert owner.post("/staff/own/sessions", {"session": sessions.hash_of(admin.token)}).status_code == 404
    assert opens(admin.token)


def test_14_token_in_the_address_or_a_header_opens_nothing(owner: Browser, console: Flask) -> None:
    client = console.test_client()
    headers = {"Authorization": f"Bearer {owner.token}", "X-Session": owner.token}
    assert client.get(f"/staff/?session={owner.token}", headers=headers, base_url=HOME).status_code == 303


def test_use_keeps_a_session_alive(console: Flask, owner: Browser) -> None:
    age(console, owner.token, seen_at=datetime.now(tz=UTC) - sessions.IDLE + timedelta(minutes=2))
    assert owner.get("/staff/").status_code == 200
    with wired(console).database.reading() as session:
        seen = session.get_one(StaffSession, sessions.hash_of(owner.token)).seen_at
    assert datetime.now(tz=UTC) - seen < timedelta(minutes=1)
