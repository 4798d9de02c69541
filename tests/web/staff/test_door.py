from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from chatbot.storage import accounts, second_factor
from chatbot.storage.tables import AuditLine, SignInTry
from tests.web.staff.conftest import HOME, PASSWORD, Browser, actions, wired, with_password

AsRole = Callable[[str], Browser]


@pytest.fixture
def guest(console: Flask, as_role: AsRole) -> Browser:
    with_password(console, "author")
    return as_role("")


def fail(guest: Browser, times: int, name: str = "author") -> None:
    for _ in range(times):
        guest.sign_in(name, "wrong")


def test_right_password_opens_the_overview(guest: Browser) -> None:
    reply = guest.sign_in("author")
    assert (reply.status_code, reply.location) == (303, "/staff/")
    assert guest.get("/staff/").status_code == 200


def test_cookies_are_for_this_host_over_tls_only_and_for_no_script(guest: Browser) -> None:
    cookies = guest.sign_in("author").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-staff-session", "__Host-staff-browser"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert "Max-Age" not in cookies[0]


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("author", "wrong"),
        ("nobody here", "wrong"),
        ("", ""),
        ("author", ""),
        ("'; --", PASSWORD),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_wrong_name_and_wrong_password_get_the_same_reply(guest: Browser, name: str, password: str) -> None:
    reply = guest.sign_in(name, password)
    assert reply.status_code == 401
    assert "Name or password are wrong." in reply.text
    assert "staff-session" not in str(reply.headers)


def test_disabled_account_gets_the_reply_of_an_unknown_one(console: Flask, guest: Browser) -> None:
    with wired(console).database.writing() as session:
        account = accounts.find(session, "author")
        assert account
        accounts.disable(session, account, datetime.now(tz=UTC))
    assert "Name or password are wrong." in guest.sign_in("author").text


def test_typed_password_is_never_shown_and_the_name_is_text(guest: Browser) -> None:
    page = guest.sign_in("<b>ana</b>", "secret-of-ana").text
    assert "secret-of-ana" not in page
    assert "&lt;b&gt;ana&lt;/b&gt;" in page


def test_address_that_was_asked_for_is_opened_after_signing_in(guest: Browser) -> None:
    asked = guest.get("/staff/own/")
    assert asked.location == "/staff/sign-in?next=/staff/own/"
    assert guest.sign_in("author", next="/staff/own/").location == "/staff/own/"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/staff/../", "/staff/\\evil", "javascript:x", "/"]
)
def test_nobody_is_led_away_by_signing_in(guest: Browser, address: str) -> None:
    assert guest.sign_in("author", next=address).location == "/staff/"


def test_wrong_tries_make_the_next_one_wait(guest: Browser) -> None:
    fail(guest, 5)
    reply = guest.sign_in("author")
    assert reply.status_code == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 3
    assert "Wait " in reply.text


def test_unknown_name_waits_like_a_known_one(guest: Browser) -> None:
    fail(guest, 5, "nobody here")
    assert guest.sign_in("nobody here").status_code == 429


def test_strangers_tries_do_not_keep_out_a_browser_that_is_known(
    console: Flask, as_role: AsRole, guest: Browser
) -> None:
    assert guest.sign_in("author").status_code == 303
    guest.post("/staff/sign-out")
    guest.take_token()
    stranger = as_role("")
    stranger.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    fail(stranger, 6)
    assert stranger.sign_in("author").status_code == 429
    assert guest.sign_in("author").status_code == 303


def test_mark_of_a_known_browser_cannot_be_made_up(guest: Browser) -> None:
    fail(guest, 5)
    for mark in ("x.y", "x." + "0" * 64, "." + "0" * 64):
        guest.client.set_cookie("__Host-staff-browser", mark, domain="chat.example", secure=True)
        assert guest.sign_in("author").status_code == 429


def test_many_names_from_one_address_wait_too(guest: Browser) -> None:
    for number in range(5):
        guest.sign_in(f"name {number}", "wrong")
    assert guest.sign_in("author").status_code == 429


def test_no_address_and_no_typed_name_is_kept(console: Flask, guest: Browser) -> None:
    guest.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    guest.sign_in("a mistyped secret", "wrong")
    with wired(console).database.reading() as session:
        kept = [row.key for row in session.scalars(select(SignInTry))]
        kept += [f"{line.subject} {line.detail}" for line in session.scalars(select(AuditLine))]
    assert not any("203.0.113" in text or "mistyped" in text for text in kept)


def test_second_factor_is_asked_for_with_the_password(console: Flask, guest: Browser) -> None:
    with wired(console).database.writing() as session:
        account = accounts.find(session, "author")
        assert account
        codes = second_factor.turn_on(account, second_factor.fresh_secret(), 0)
    assert "needs its code, too" in guest.sign_in("author").text
    assert "needs its code, too" in guest.sign_in("author", code="000000").text
    assert guest.sign_in("author", code=codes[0]).status_code == 303
    assert guest.sign_in("author", code=codes[0]).status_code == 401, "each works once"


def test_sign_ins_stand_in_the_audit_log(console: Flask, guest: Browser) -> None:
    guest.sign_in("author", "wrong")
    guest.sign_in("nobody", "wrong")
    guest.sign_in("author")
    guest.post("/staff/sign-out")
    assert actions(console) == ["sign-in.refused", "sign-in.refused", "sign-in", "sign-out"]


def test_first_page_says_how_the_first_account_is_made(make_app: Callable[..., Flask]) -> None:
    page = make_app().test_client().get("/staff/sign-in", base_url=HOME).text
    assert ".venv/bin/flask staff add NAME --role admin" in page


def test_password_that_was_hashed_cheaply_is_hashed_anew(
    console: Flask, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr("chatbot.storage.passwords.HASHER", dearer)
    guest.sign_in("author")
    with wired(console).database.reading() as session:
        account = accounts.find(session, "author")
        assert account
        assert not dearer.check_needs_rehash(account.password_hash)


@pytest.mark.parametrize(
    ("base", "remote", "allowed"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", True),
        ("http://localhost:8000", "127.0.0.1", True),
        ("http://[::1]:8000", "::1", True),
        ("https://chat.example", "203.0.113.9", True),
        ("http://chat.example", "203.0.113.9", False),
        ("http://chat.example", "127.0.0.1", False),
        ("http://127.0.0.1:8000", "203.0.113.9", False),
        ("http://127.0.0.1.evil.example", "127.0.0.1", False),
    ],
)
def test_password_travels_over_tls_or_within_the_machine_only(
    console: Flask, base: str, remote: str, allowed: bool
) -> None:
    reply = console.test_client().get("/staff/sign-in", base_url=base, environ_base={"REMOTE_ADDR": remote})
    assert (reply.status_code == 200) is allowed
    if allowed:
        assert ("Secure" in reply.headers["Set-Cookie"]) is base.startswith("https")
    else:
        assert "Signing in needs https" in reply.text


def test_unknown_and_known_names_take_the_same_time(
    console: Flask, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole request, in turns, CPU time of this thread; with cheaper hashes, so that the rest weighs more."""
    hasher = PasswordHasher(time_cost=1, memory_cost=16 * 1024, parallelism=1)
    monkeypatch.setattr("chatbot.storage.passwords.HASHER", hasher)
    monkeypatch.setattr("chatbot.storage.passwords.NOBODYS", hasher.hash("nobody's"))
    monkeypatch.setattr("chatbot.storage.tries.FREE", 1000)
    with_password(console, "author")
    guest.get("/staff/sign-in")
    took: dict[str, list[float]] = {"author": [], "nobody": []}
    for _ in range(15):
        for name, times in took.items():
            started = time.thread_time()
            reply = guest.post("/staff/sign-in", {"name": name, "password": "wrong"})
            times.append(time.thread_time() - started)
            assert reply.status_code == 401
    assert 0.85 < statistics.median(took["author"]) / statistics.median(took["nobody"]) < 1.15


def test_clock_of_the_tries_goes_on(guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(guest, 5)
    later = datetime.now(tz=UTC) + timedelta(seconds=10)
    monkeypatch.setattr("chatbot.web.staff.proof.now", lambda: later)
    assert guest.sign_in("author").status_code == 303
