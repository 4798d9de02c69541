from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from chatbot.storage import accounts, audit
from chatbot.storage.tables import StaffSession
from chatbot.web.staff import guard
from tests.web.staff.conftest import HOME, Browser, wired

AsRole = Callable[[str], Browser]
QUESTION = {"question": "can ketamine help sciatica?"}


def test_text_of_somebody_who_was_signed_out_meanwhile_is_shown_to_be_copied(as_role: AsRole) -> None:
    text = "A paragraph of a draft with <b>marks</b> that took an hour.\n" * 3
    reply = as_role("").post("/staff/own/data", {"source": text, "password": "p" * 100})
    assert reply.status_code == 401
    assert "&lt;b&gt;marks&lt;/b&gt;" in reply.text
    assert "ppp" not in reply.text


@pytest.mark.parametrize(("length", "is_shown"), [(30, False), (64, False), (65, True)])
def test_text_no_longer_than_a_token_is_not_worth_copying(as_role: AsRole, length: int, is_shown: bool) -> None:
    reply = as_role("").post("/staff/own/data", {"source": "q" * length})
    assert (("q" * length) in reply.text) is is_shown


def test_signed_out_browser_is_asked_to_sign_in_and_led_back(as_role: AsRole) -> None:
    guest = as_role("")
    assert guest.get("/staff/own/").location == "/staff/sign-in?next=/staff/own/"
    assert guest.get("/staff/").location == "/staff/sign-in"
    assert guest.client.head("/staff/own/", base_url=HOME).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HOME}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": HOME, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://chat.example.evil.example"}, 403),
        ({"Origin": HOME, "Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://chat.example:444", "Sec-Fetch-Site": "same-origin"}, 403),
        ({}, 403),
    ],
)
def test_form_must_come_from_our_pages(as_role: AsRole, headers: dict[str, str], status: int) -> None:
    browser = as_role("author")
    form = {"token": browser.form_token}
    assert browser.client.post("/staff/own/data", data=form, headers=headers, base_url=HOME).status_code == status


def test_token_of_another_session_and_an_empty_one_open_nothing(as_role: AsRole) -> None:
    browser, other = as_role("author"), as_role("author")
    assert browser.post("/staff/own/data", {"token": browser.form_token}).status_code == 200
    for wrong in ("", other.form_token, browser.token, browser.form_token[:-1], "ü" * 64):
        assert browser.post("/staff/own/data", {"token": wrong}).status_code == 403


def test_page_for_a_higher_role_is_refused_and_the_refusal_stands_in_the_log(console: Flask, as_role: AsRole) -> None:
    reply = as_role("author").get("/staff/audit/")
    assert reply.status_code == 403
    assert "This page is for the role admin; yours is author." in reply.text
    with wired(console).database.reading() as session:
        line = audit.lines(session)[0]
        account = accounts.find(session, "author")
    assert account
    assert (line.action, line.subject, line.detail) == ("access.refused", "/staff/audit/", "GET")
    assert line.account_id == account.id


def test_who_knows_a_strangers_password_must_change_it_first(console: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    with wired(console).database.writing() as session:
        account = accounts.find(session, "author")
        assert account
        account.must_change = True
    assert browser.get("/staff/").location == "/staff/own/"
    assert browser.post("/staff/own/data").location == "/staff/own/"
    page = browser.get("/staff/own/")
    assert page.status_code == 200
    assert "Choose a password of your own first" in page.text
    assert "Choose a password of your own first" not in browser.get("/staff/own/").text


@pytest.mark.parametrize(("seconds", "is_noted"), [(50, False), (70, True)])
def test_session_in_use_is_noted_once_a_minute(console: Flask, as_role: AsRole, seconds: int, is_noted: bool) -> None:
    browser, seen = as_role("author"), datetime.now(tz=UTC) - timedelta(seconds=seconds)
    with wired(console).database.writing() as session:
        session.scalars(select(StaffSession)).one().seen_at = seen
    assert browser.get("/staff/").status_code == 200
    with wired(console).database.reading() as session:
        assert (session.scalars(select(StaffSession)).one().seen_at > seen) is is_noted


def test_cookie_that_opens_nothing_is_a_guests(as_role: AsRole) -> None:
    guest = as_role("")
    guest.client.set_cookie("__Host-staff-session", "made up", domain="chat.example", secure=True)
    assert guest.get("/staff/").status_code == 303
    assert guest.get("/staff/sign-in").status_code == 200


def test_no_page_of_the_console_is_kept(as_role: AsRole) -> None:
    for who in ("", "author"):
        assert as_role(who).get("/staff/").headers["Cache-Control"] == "no-store"


def test_console_with_too_much_to_do_says_so_at_once_and_recovers(as_role: AsRole) -> None:
    browser = as_role("author")
    for _ in range(guard.TOGETHER):
        guard._turns.acquire()
    try:
        reply = browser.get("/staff/")
    finally:
        for _ in range(guard.TOGETHER):
            guard._turns.release()
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "3")
    assert guard.TOGETHER == 4
    for _ in range(3 * guard.TOGETHER):
        assert browser.get("/staff/").status_code == 200


def test_turn_is_given_back_after_every_kind_of_reply(console: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    for _ in range(guard.TOGETHER + 1):
        assert as_role("").get("/staff/").status_code == 303
        assert browser.get("/staff/audit/").status_code == 403
        assert browser.client.post("/staff/own/data", base_url=HOME).status_code == 403
    assert browser.get("/staff/").status_code == 200


def test_body_over_the_limit_is_refused(as_role: AsRole) -> None:
    author = as_role("author")
    assert author.post("/staff/own/data", {"text": "x" * (1024 * 1024 + 1)}).status_code == 413
    assert author.post("/staff/own/data", {"text": "x" * (1024 * 1024 - 1000)}).status_code == 200


def test_token_may_come_as_a_header_for_scripts(as_role: AsRole) -> None:
    browser = as_role("author")
    headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", "X-Form-Token": browser.form_token}
    assert browser.client.post("/staff/own/data", headers=headers, base_url=HOME).status_code == 200


@pytest.mark.parametrize("damage", ["deleted", "no database"])
def test_console_says_what_is_wrong_with_the_database_and_visitors_are_answered(
    console: Flask, as_role: AsRole, damage: str
) -> None:
    browser = as_role("author")
    path = wired(console).database.path
    assert path
    if damage == "deleted":
        path.unlink()
    else:
        wired(console).database.close()
        path.write_bytes(b"no database" * 1000)
    reply = browser.get("/staff/")
    assert reply.status_code == 503
    assert ("has disappeared" if damage == "deleted" else "is damaged") in reply.text
    assert "flask database restore FILE" in reply.text
    assert str(path.parent) not in reply.text
    client = console.test_client()
    assert client.post("/api/v1/chat", json=QUESTION).json["verdict"] == "answered"
    assert client.get("/readyz").json["database"] == "failing"


def test_visitors_cost_the_database_nothing(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    client = app.test_client()
    client.post("/api/v1/chat", json=QUESTION)
    for path in ("/", "/articles/", "/articles/sciatica", "/embed/v1/panel", "/readyz"):
        client.get(path)
    assert wired(app).database.state == "unopened"
    kept = wired(app).settings.instance
    assert not (kept / "chatbot.db").exists()
    assert not (kept / "secret_key").exists()


def test_unknown_page_of_the_console_is_not_found(as_role: AsRole) -> None:
    assert as_role("admin").get("/staff/nothing").status_code == 404


def test_overview_counts_what_waits_and_names_refused_files(console: Flask, as_role: AsRole) -> None:
    library = wired(console).library
    (wired(console).settings.corpus / "articles" / "broken.md").write_text("---\ntitle: [\n---\n\nText.\n")
    library.refresh()
    page = as_role("author").get("/staff/").text
    assert "articles/broken.md:" in page
    assert "2 articles with" in page


def test_what_waits_on_the_overview_leads_to_where_it_is(as_role: AsRole) -> None:
    author = as_role("author")
    assert 'class="tile"' not in author.get("/staff/").text
    author.post("/staff/articles/", data={"title": "Heat and cold"})
    assert '<a href="/staff/articles/"><strong>1</strong> draft is being written</a>' in author.get("/staff/").text


def test_overview_opens_without_any_article(console: Flask, as_role: AsRole) -> None:
    for path in (wired(console).settings.corpus / "articles").iterdir():
        path.unlink()
    assert as_role("author").get("/staff/").status_code == 200
