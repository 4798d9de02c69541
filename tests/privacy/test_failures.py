"""Seven failures × 20 plain calls for help × the page and the API: the panel and the disclaimer are there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from chatbot.answering.notices import DISCLAIMER
from chatbot.errors import EngineUnavailable
from chatbot.services import Services
from tests.faults.test_disk import full_disk
from tests.test_server import ROOT, STARTED_WITHIN_SECONDS, Server, StartServer, free_port, gunicorn, start_server

__all__ = ["start_server"]

MakeApp = Callable[..., Flask]
Break = Callable[[MakeApp, Path, pytest.MonkeyPatch], Flask]
PHRASES = [line for line in Path("tests/answering/safety/plain.txt").read_text("utf-8").splitlines() if line.strip()][
    ::5
]
START = DISCLAIMER[:40]
SITE_FAMILY = "our-alarm"
SITE_RULES = f"""
[[family]]
id = "{SITE_FAMILY}"
category = "C5"
says = "Says the ward's own word for an emergency"
patterns = ["code orange"]
"""


def rules_raise(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Rules that were read well and fail while they are used."""

    def fail(*arguments: Any, **more: Any) -> None:
        raise KeyError("a family without a panel")

    for place in ("chatbot.answering.notices.findings", "chatbot.answering.safety.panels.findings"):
        monkeypatch.setattr(place, fail)
    return make_app()


def broken_site_rules(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site's rules that are broken by an edit while they are in use."""
    app = make_app()
    wired: Services = app.extensions["chatbot"]
    wired.library.stop()
    path = wired.settings.corpus / "safety.toml"
    for text in (SITE_RULES, SITE_RULES + "patterns = ["):
        path.write_text(text, "utf-8")
        wired.library.refresh()
    assert "safety.toml" in {problem.path for problem in wired.library.problems}
    # The last good version is in use, not only the shipped rules.
    assert SITE_FAMILY in wired.rules.by_id
    return app


def site_rules_broken_at_the_start(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    (folder / "corpus" / "safety.toml").write_text(SITE_RULES + "patterns = [", "utf-8")
    app = make_app()
    assert "safety.toml" in {problem.path for problem in app.extensions["chatbot"].library.problems}
    return app


def empty_corpus(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    return make_app(corpus=folder / "nothing")


def search_raises(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    def fail(*arguments: Any, **more: Any) -> None:
        raise EngineUnavailable("The engine is away.")

    monkeypatch.setattr("chatbot.retrieval.bm25.BM25Engine.search", fail)
    return make_app()


def disk_full(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Everything that it writes by itself fails from now on: database, index, journal."""
    app = make_app(question_log="redacted")
    app.extensions["undo"].enter_context(full_disk())
    return app


def database_locked(make_app: MakeApp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = make_app(question_log="counts")
    wired: Services = app.extensions["chatbot"]
    wired.database.upgrade()
    line = sqlite3.connect(wired.settings.instance / "chatbot.db", isolation_level=None)
    line.execute("BEGIN EXCLUSIVE")
    app.extensions["undo"].callback(line.close)
    return app


FAILURES: tuple[Break, ...] = (
    rules_raise,
    broken_site_rules,
    site_rules_broken_at_the_start,
    empty_corpus,
    search_raises,
    disk_full,
    database_locked,
)


@pytest.fixture(params=FAILURES, ids=lambda failure: failure.__name__)
def failing(
    request: pytest.FixtureRequest, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    breaking: Break = request.param
    with ExitStack() as undo:

        def make(**changes: object) -> Flask:
            app = make_app(**changes)
            app.extensions["undo"] = undo
            return app

        yield breaking(make, tmp_path, monkeypatch)
        monkeypatch.undo()


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


# --- shipped rules that are broken on the disk ---------------------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program whose own files a test may break."""
    folder = tmp_path / "program"
    for name in ("chatbot", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("wsgi.py", "gunicorn.conf.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def break_rules(program: Path) -> None:
    with (program / "chatbot" / "answering" / "safety" / "crisis.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[family\nid = "half a line')


def wait_for_problem(server: Server, path: str) -> None:
    """Wait until the running server has tried to read the rules and tells of this file."""
    end = time.monotonic() + STARTED_WITHIN_SECONDS
    while path not in json.dumps(server.get("/readyz")["problems"]):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_shipped_rules_broken_while_it_runs_leave_the_last_good_ones_in_use(
    start_server: StartServer, program: Path, corpus: Path
) -> None:
    server = start_server(folder=program)
    break_rules(program)
    # A change of the site's rules lets all be read again.
    (corpus / "safety.toml").write_text(SITE_RULES, "utf-8")
    wait_for_problem(server, "crisis.toml")
    for phrase in PHRASES:
        reply = server.get("/api/v1/chat", json.dumps({"question": phrase}).encode())
        assert reply["verdict"] == "urgent", phrase
        assert reply["notice"]["contacts"], phrase  # type: ignore[index]
        assert str(reply["disclaimer"]).startswith(START)
        form = urllib.parse.urlencode({"question": phrase}).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", form, timeout=10) as page:
            text = page.read().decode()
        assert "data-notice data-kind=" in text
        assert START in text


def test_shipped_rules_broken_at_the_start_stop_it_with_the_file_and_the_line(program: Path, corpus: Path) -> None:
    # What visitors get then is the front server's own page with the help lines: see tests/deploy.
    break_rules(program)
    process = gunicorn(corpus, free_port(), folder=program)
    said = process.communicate(timeout=STARTED_WITHIN_SECONDS)[0]
    assert process.returncode != 0
    checked = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "corpus", "check"],
        check=False,
        cwd=program,
        env={"PATH": os.environ["PATH"], "CHATBOT_CORPUS": str(corpus)},
        capture_output=True,
        text=True,
        timeout=STARTED_WITHIN_SECONDS,
    )
    assert checked.returncode == 1
    for told in (said, checked.stderr):
        assert [line for line in told.splitlines() if line.startswith("crisis.toml:")], told
        assert told.count("its safety rules are broken (in chatbot/answering/safety)") == 1
        assert "Traceback" not in told
