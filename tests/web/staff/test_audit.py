from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from chatbot.storage.audit import Event, append
from chatbot.storage.tables import AuditLine
from chatbot.web.staff.audit import AT_A_TIME
from tests.web.staff.conftest import Browser, actions, wired

AsRole = Callable[[str], Browser]


@pytest.fixture
def admin(console: Flask, as_role: AsRole) -> Browser:
    write(console, 3)
    return as_role("admin")


def write(console: Flask, count: int) -> None:
    with wired(console).database.writing() as session:
        for number in range(count):
            event = Event(datetime.now(tz=UTC), 1, "draft.saved", f"slug-{number}", before="a" * 64, after="b" * 64)
            append(session, wired(console).keys, event)


def test_log_says_who_did_what(admin: Browser) -> None:
    page = admin.get("/staff/audit/").text
    assert ">author</td>" in page
    assert "draft.saved" in page
    assert "aaaaaaaa → bbbbbbbb" in page


def test_sound_log_is_said_to_be_sound(console: Flask, admin: Browser) -> None:
    assert "Sound: each line" in admin.post("/staff/audit/check").text
    assert actions(console)[-1] == "audit.checked"


def test_changed_line_is_named(console: Flask, admin: Browser) -> None:
    with wired(console).database.writing() as session:
        session.execute(update(AuditLine).where(AuditLine.id == 2).values(subject="other"))
    assert "Line 2 was changed." in admin.post("/staff/audit/check").text


def test_export_holds_every_line_oldest_first(admin: Browser) -> None:
    lines = [json.loads(line) for line in admin.post("/staff/audit/export").text.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3, 4]
    assert lines[-1]["action"] == "audit.exported"
    assert len(lines[0]["seal"]) == 64


def test_long_log_comes_in_pieces(console: Flask, admin: Browser) -> None:
    write(console, AT_A_TIME)
    page = admin.get("/staff/audit/").text
    assert page.count("<tr") == AT_A_TIME + 1
    assert 'href="/staff/audit/?before=4"' in page
    assert admin.get("/staff/audit/?before=4").text.count("<tr") == 3 + 1


def test_strange_number_of_a_line_shows_the_newest(admin: Browser) -> None:
    assert "slug-2" in admin.get("/staff/audit/?before=x").text


def test_page_that_is_refused_stands_in_the_log(console: Flask, as_role: AsRole) -> None:
    as_role("author").get("/staff/audit/")
    assert actions(console) == ["access.refused"]
