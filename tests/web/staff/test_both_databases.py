"""The console's own pages from signing in to signing out, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from chatbot.storage import accounts, audit
from tests.web.staff.conftest import Browser, wired, with_password


def test_a_day_at_the_console(make_app: Callable[..., Flask], database_address: str) -> None:
    app = make_app(database_url=database_address, secret_key="a key of the tests")
    with wired(app).database.writing() as session:
        for role in ("admin", "author"):
            accounts.add(session, role, role, password_hash="-", at=datetime.now(tz=UTC))  # type: ignore[arg-type]
    with_password(app, "admin")
    browser = Browser(app.test_client(), app)
    assert browser.sign_in("admin", "wrong").status_code == 401
    assert browser.sign_in("admin").status_code == 303
    assert "The password of <strong>ana</strong>" in browser.post("/staff/accounts/", {"name": "ana"}).text
    for path in ("/staff/", "/staff/own/", "/staff/accounts/", "/staff/audit/"):
        assert browser.get(path).status_code == 200
    assert browser.post("/staff/accounts/2/disabled").status_code == 303
    assert "Done: author." in browser.get("/staff/").text
    assert "Sound: each line" in browser.post("/staff/audit/check").text
    assert browser.post("/staff/own/data").json["account"]["name"] == "admin"
    assert browser.post("/staff/sign-out").status_code == 303
    with wired(app).database.reading() as session:
        assert audit.verify(session, wired(app).keys) == []
        assert len(audit.lines(session)) == 7
