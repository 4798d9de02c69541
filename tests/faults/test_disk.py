"""A disk that is full, read-only or failing below everything the server writes by itself: answers go on, words few."""

from __future__ import annotations

import logging
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from chatbot.loglines import SELDOM_SECONDS, Seldom
from chatbot.settings import Settings
from tests.conftest import SCIATICA, write_corpus
from tests.faults.conftest import BROKEN, MakeApp, asked, look, ready

CHANGED = SCIATICA.replace("Small studies", "Large studies")


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow beyond a few bytes: each write fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def keep(app: Flask) -> None:
    """Do what the watching does every minute."""
    app.extensions["chatbot"].library.keep()


def left_over(instance: Path) -> list[str]:
    return [path.name for path in instance.rglob(".*") if path.is_file()]


def test_full_disk_at_the_start_costs_no_answer_and_is_said(make_app: MakeApp, settings: Settings) -> None:
    with full_disk():
        app = make_app()
        assert "Small studies" in asked(app)
        assert ready(app)["index"] == "failing"
    assert left_over(settings.instance) == []
    keep(app)
    assert (ready(app)["index"], ready(app)["state"]) == ("kept", "ready")


def test_full_disk_while_it_runs_costs_no_edit_and_is_said(
    make_app: MakeApp, corpus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app()
    write_corpus(corpus, sciatica=CHANGED)
    with full_disk():
        look(app)
        assert ready(app)["index"] == "waiting"
        for _ in range(5):
            keep(app)
        assert ready(app)["index"] == "failing"
        assert "Large studies" in asked(app)
    assert caplog.text.count("the index is not kept") <= 1
    assert caplog.text.count("the last good articles are not kept") <= 1
    keep(app)
    assert ready(app)["index"] == "kept"
    write_corpus(corpus, sciatica=BROKEN)
    assert "Large studies" in asked(make_app())


def test_full_disk_below_the_database_costs_no_answer_and_fills_no_log(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(question_log="counts")
    journal = app.extensions["chatbot"].journal
    with full_disk():
        for _ in range(5):
            asked(app)
            journal.flush()
        assert ready(app)["database"] == "failing"
    assert journal.dropped >= 5
    assert caplog.text.count("what visitors asked or thought could not be kept") <= 1
    app.extensions["chatbot"].database._failed_at -= 60
    asked(app)
    journal.flush()
    assert ready(app)["database"] == "ready"


@pytest.mark.parametrize("harm", ["a file", "a device"])
def test_place_that_cannot_hold_files_costs_no_answer(make_app: MakeApp, settings: Settings, harm: str) -> None:
    settings.instance.mkdir()
    for name in ("index", "last-good"):
        if harm == "a file":
            (settings.instance / name).touch()
        else:
            (settings.instance / name).symlink_to("/dev/full")
    app = make_app()
    assert "Small studies" in asked(app)
    assert ready(app)["index"] == "failing"


def test_instance_folder_deleted_while_it_runs_is_made_anew(
    make_app: MakeApp, settings: Settings, corpus: Path
) -> None:
    app = make_app()
    shutil.rmtree(settings.instance)
    write_corpus(corpus, sciatica=CHANGED)
    look(app)
    keep(app)
    assert ready(app)["index"] == "kept"
    write_corpus(corpus, sciatica=BROKEN)
    assert "Large studies" in asked(make_app())


@pytest.mark.parametrize("content", [b"", b"chatbot index 0\n", bytes(range(256)) * 4], ids=["empty", "older", "noise"])
def test_index_file_that_is_no_index_is_made_anew(make_app: MakeApp, settings: Settings, content: bytes) -> None:
    make_app()
    place = settings.instance / "index" / "passages"
    whole = place.read_bytes()
    place.write_bytes(content)
    app = make_app()
    assert "Small studies" in asked(app)
    assert ready(app)["index"] == "kept"
    assert place.read_bytes() == whole


def test_fault_is_said_once_a_minute_whatever_its_details(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    seldom = Seldom(logging.getLogger("chatbot"), lambda: now[0])
    for second in range(180):
        now[0] = float(second)
        seldom.warning("cannot write %s", second)
        seldom.warning("cannot read")
    assert [record.getMessage() for record in caplog.records if "write" in record.message] == [
        "cannot write 0",
        "cannot write 60",
        "cannot write 120",
    ]
    assert caplog.text.count("cannot read") == 180 / SELDOM_SECONDS
