"""What a staff browser holds, and over which connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response

from chatbot.web.staff import browser

HOME, HERE = "https://chat.example", "http://127.0.0.1:8000"


@pytest.fixture
def told(app: Flask) -> Iterator[Response]:
    """A reply to a browser that came over TLS."""
    with app.test_request_context("/staff/", base_url=HOME):
        yield Response()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120.0", "Opera on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/19 Safari/605.1", "Safari on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome on ChromeOS"),
        ("curl/8.0 Linux", "Linux"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browser_is_described_in_words_that_people_know(app: Flask, agent: str, words: str) -> None:
    with app.test_request_context("/staff/", headers={"User-Agent": agent}):
        assert browser.describe_browser() == words


@pytest.mark.parametrize(
    ("base", "peer", "enough"),
    [
        (HOME, "192.0.2.1", True),
        (HERE, "127.0.0.1", True),
        ("http://localhost", "::1", True),
        ("http://localhost:8000", "127.0.0.2", True),
        ("http://[::1]:8000", "::1", True),
        ("http://[::1]", "::1", True),
        ("http://chat.example", "127.0.0.1", False),
        (HERE, "192.0.2.1", False),
        (HERE, "", False),
        ("http://127.example", "127.0.0.1", False),
    ],
)
def test_password_travels_over_tls_or_within_this_machine(app: Flask, base: str, peer: str, enough: bool) -> None:
    with app.test_request_context("/staff/", base_url=base, environ_base={"REMOTE_ADDR": peer}):
        assert browser.is_private_enough() is enough


def test_session_ends_with_the_browser_and_its_mark_lasts_a_year(told: Response) -> None:
    browser.set_cookie(told, "session", "x")
    browser.set_cookie(told, "browser", "y")
    session, mark = told.headers.getlist("Set-Cookie")
    assert session == "__Host-staff-session=x; Secure; HttpOnly; Path=/; SameSite=Strict"
    assert "; Max-Age=31536000;" in mark


@pytest.mark.parametrize("cookie", ["session", "browser"])
def test_empty_value_takes_a_cookie_away(told: Response, cookie: browser.Cookie) -> None:
    browser.set_cookie(told, cookie, "")
    assert "; Max-Age=0;" in told.headers["Set-Cookie"]


def test_cookie_within_the_machine_has_another_name_and_no_mark_of_tls(app: Flask) -> None:
    with app.test_request_context(
        "/staff/", base_url=HERE, headers={"Cookie": "staff-session=x; __Host-staff-session=y"}
    ):
        reply = Response()
        browser.set_cookie(reply, "session", "x")
        assert reply.headers["Set-Cookie"] == "staff-session=x; HttpOnly; Path=/; SameSite=Strict"
        assert (browser.read_cookie("session"), browser.read_cookie("browser")) == ("x", "")


def test_mark_is_new_each_time_and_known_to_its_account_only(app: Flask) -> None:
    with app.test_request_context("/staff/", base_url=HOME):
        marks = [browser.known_mark(" Ana ") for _ in range(2)]
        assert marks[0] != marks[1]
        assert len(browser.fresh_mark()) == 22
    for held, name, known in [
        (marks[0], "ana", True),
        (marks[0], "bo", False),
        (marks[0].partition(".")[0], "ana", False),
        (marks[0].partition(".")[0] + "." + marks[1].partition(".")[2], "ana", False),
        ("", "ana", False),
        (marks[0] + "ü", "ana", False),
    ]:
        cookie = {"Cookie": f"__Host-staff-browser={held}".encode().decode("latin-1")}
        with app.test_request_context("/staff/", base_url=HOME, headers=cookie):
            assert browser.is_known_to(name) is known
