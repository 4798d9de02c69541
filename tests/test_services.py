"""What is wired, and when it is opened."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from chatbot.errors import NoCorpus
from chatbot.services import REHEARSED
from chatbot.settings import Settings

MakeApp = Callable[..., Flask]
FIRST_ANSWER = """
import sys
from pathlib import Path
from chatbot.app import create_app
from chatbot.settings import Settings
for turn in range(2):
    client = create_app(Settings(corpus=Path(sys.argv[1]), instance=Path(sys.argv[2]))).test_client()
    assert client.post("/api/v1/chat", json={"question": "can ketamine help sciatica?"}).json["verdict"] == "answered"
    loaded = set(sys.modules)
    if not turn:
        sys.modules.pop("chatbot.corpus.reader")
print(" ".join(name for name in sys.argv[3:] if name in loaded))
"""


def imported(settings: Settings, *names: str) -> str:
    command = [sys.executable, "-c", FIRST_ANSWER, str(settings.corpus), str(settings.instance), *names]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return ended.stdout.strip()


def test_a_first_answer_needs_nothing_of_staff_s(settings: Settings) -> None:
    unneeded = ("sqlalchemy", "alembic", "argon2", "mammoth", "pypdf", "trafilatura", "chatbot.web.staff")
    assert imported(settings, *unneeded, "chatbot.commands.ours", "chatbot.corpus.reader", "flask") == "flask"


def test_the_office_is_opened_once_and_when_it_is_needed(app: Flask) -> None:
    wired = app.extensions["chatbot"]
    assert wired.database_state == "unopened"
    assert wired.office is wired.office
    with wired.database.reading():
        assert wired.database_state == "ready"


def test_a_database_of_one_s_own_is_looked_at_when_the_app_is_made(make_app: MakeApp) -> None:
    with pytest.raises(Exception, match="parse"):
        make_app(database_url="nothing that is an address")


def test_a_start_rehearses_an_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    wired = app.extensions["chatbot"]
    monkeypatch.setattr(type(wired), "_search", lambda self, question, limit: asked.append(question.text))
    wired.start()
    assert asked == [REHEARSED]


def test_a_start_without_articles_is_a_start(make_app: MakeApp, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    wired = make_app(corpus=empty).extensions["chatbot"]
    wired.start()
    with pytest.raises(NoCorpus):
        wired.library.snapshot()
