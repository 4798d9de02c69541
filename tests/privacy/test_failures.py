"""Five failures × 20 plain calls for help × the page and the API: the panel and the disclaimer are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from chatbot.answering.notices import DISCLAIMER
from chatbot.errors import EngineUnavailable
from chatbot.services import Services

MakeApp = Callable[..., Flask]
Break = Callable[[MakeApp, Path, pytest.MonkeyPatch], Flask]
PHRASES = [line for line in Path("tests/answering/safety/plain.txt").read_text("utf-8").splitlines() if line.strip()][
    ::5
]
START = DISCLAIMER[:40]


def broken_rules(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Rules that fail while they are used; a broken file is refused at the start and the last good one stays."""

    def fail(*arguments: Any, **more: Any) -> None:
        raise KeyError("a family without a panel")

    for place in ("chatbot.answering.notices.findings", "chatbot.answering.safety.panels.findings"):
        monkeypatch.setattr(place, fail)
    return make_app()


def empty_corpus(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    return make_app(corpus=folder / "nothing")


def search_raises(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    def fail(*arguments: Any, **more: Any) -> None:
        raise EngineUnavailable("The engine is away.")

    monkeypatch.setattr("chatbot.retrieval.bm25.BM25Engine.search", fail)
    return make_app()


def disk_full(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = make_app(question_log="redacted")
    wired: Services = app.extensions["chatbot"]

    def full(*arguments: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wired.database, "_ready", full)
    return app


def database_locked(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = make_app(question_log="counts")
    wired: Services = app.extensions["chatbot"]
    wired.database.upgrade()
    line = sqlite3.connect(wired.settings.instance / "chatbot.db", isolation_level=None)
    line.execute("BEGIN EXCLUSIVE")
    app.extensions["line"] = line
    return app


@pytest.fixture(
    params=[broken_rules, empty_corpus, search_raises, disk_full, database_locked], ids=lambda f: f.__name__
)
def failing(
    request: pytest.FixtureRequest, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    breaking: Break = request.param
    app = breaking(make_app, tmp_path, monkeypatch)
    yield app
    monkeypatch.undo()
    if "line" in app.extensions:
        app.extensions["line"].close()


def test_twenty_phrases_are_tried() -> None:
    assert len(PHRASES) == 20


def test_help_and_disclaimer_come_whatever_fails(failing: Flask) -> None:
    client = failing.test_client()
    for phrase in PHRASES:
        reply = client.post("/api/v1/chat", json={"question": phrase})
        assert reply.status_code == 200, phrase
        assert reply.json["notice"]["contacts"], phrase
        assert reply.json["disclaimer"].startswith(START)
        page = client.post("/", data={"question": phrase})
        assert page.status_code == 200
        assert "data-notice data-kind=" in page.text
        assert "911" in page.text
        assert START in page.text
