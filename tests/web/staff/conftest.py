"""The console with an account for every role; nobody needs a password but those tests that are about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.services import Services
from chatbot.storage import accounts, audit, passwords, sessions
from chatbot.storage.accounts import ROLES
from tests import cheap

HOME = "https://chat.example"
PASSWORD = "heron lantern gravel tuba"
# of every account that `with_password` was called for


@dataclass
class Browser:
    """A browser that behaves as browsers do: it says where a form was, and sends the form's token along."""

    client: FlaskClient
    app: Flask
    token: str = ""
    # of the session; empty: signed out

    @property
    def form_token(self) -> str:
        keys = wired(self.app).keys
        if self.token:
            return keys.seal("form", "session", self.token)
        mark = self.client.get_cookie("__Host-staff-browser", "chat.example")
        return keys.seal("form", "browser", mark.value) if mark else ""

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Fill in the form of the sign-in page; a right password makes this browser signed in."""
        self.get("/staff/sign-in")
        reply = self.post("/staff/sign-in", {"name": name, "password": password, **more})
        self.take_token()
        return reply

    def take_token(self) -> None:
        """Look which session the browser's cookie holds now."""
        held = self.client.get_cookie("__Host-staff-session", "chat.example")
        self.token = held.value if held else ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=HOME, **more)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
        form = {"token": self.form_token, **(data or {})}
        return self.client.post(path, data=form, headers=headers, base_url=HOME, **more)


def with_password(app: Flask, name: str, *, must_change: bool = False) -> None:
    """Give an account the password of the tests."""
    with wired(app).database.writing() as session:
        account = accounts.find(session, name)
        assert account
        kept = passwords.hashed(PASSWORD)
        accounts.set_password(session, account, kept, datetime.now(tz=UTC), must_change=must_change)


def actions(app: Flask) -> list[str]:
    """Return what the audit log tells, oldest first."""
    with wired(app).database.reading() as session:
        return [line.action for line in reversed(audit.lines(session))]


def wired(app: Flask) -> Services:
    found: Services = app.extensions["chatbot"]
    return found


@pytest.fixture
def console(make_app: Callable[..., Flask], tmp_path: Path, sqlite_template: Path) -> Flask:
    """An app whose database has one account a role, each called as its role."""
    (tmp_path / "instance").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(sqlite_template, tmp_path / "instance" / "chatbot.db")
    app = make_app()
    with wired(app).database.writing() as session:
        for role in ROLES:
            accounts.add(session, role, role, password_hash="-", at=datetime.now(tz=UTC))
    return app


@pytest.fixture
def as_role(console: Flask) -> Callable[[str], Browser]:
    """Make a browser that is signed in as the account of a role; "" is signed out."""

    def make(role: str) -> Browser:
        browser = Browser(console.test_client(), console)
        if role:
            with wired(console).database.writing() as session:
                account = accounts.find(session, role)
                assert account
                browser.token = sessions.begin(session, account, browser="Test", at=datetime.now(tz=UTC))
            browser.client.set_cookie("__Host-staff-session", browser.token, domain="chat.example", secure=True)
        return browser

    return make


@pytest.fixture(autouse=True)
def _hashes_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.storage.passwords.HASHER", cheap.HASHER)
    monkeypatch.setattr("chatbot.storage.passwords.NOBODYS", cheap.NOBODYS)
