from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from chatbot.publishing.reviewing import Opinion, give_opinion, submit
from chatbot.services import Services
from chatbot.storage import drafts
from chatbot.storage.accounts import add
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.publishing.conftest import AT, KNEE, MIGRAINE


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS, knee=KNEE)


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    return lambda *arguments: app.test_cli_runner().invoke(args=["corpus", *arguments])


def make_draft(app: Flask, state: str) -> str:
    wired: Services = app.extensions["chatbot"]
    with wired.database.writing() as session:
        ana, rob = (add(session, name, "reviewer", password_hash="-", at=AT).id for name in ("ana", "rob"))
        draft = drafts.begin(session, slug="migraine", source=MIGRAINE, author_id=ana, at=AT)
        if state != "draft":
            submit(session, draft.id, 0, AT)
        if state == "approved":
            give_opinion(session, draft.id, 0, Opinion(True), reviewer_id=rob, at=AT)
    return str(draft.id)


def test_approved_draft_is_published(app: Flask, run: Callable[..., Result], corpus: Path) -> None:
    assert "within 2 seconds" in run("publish", make_draft(app, "approved"), "--why", "asked for").output
    assert (corpus / "articles" / "migraine.md").read_text() == MIGRAINE
    assert "published  asked for" in run("restore", "migraine").output


def test_draft_that_nobody_approved_is_refused(app: Flask, run: Callable[..., Result]) -> None:
    result = run("publish", make_draft(app, "in_review"))
    assert result.exit_code == 1
    assert "No reviewer has approved" in result.output


def test_unknown_number_lists_the_drafts(app: Flask, run: Callable[..., Result]) -> None:
    number = make_draft(app, "draft")
    assert f"{number}  migraine, draft" in run("publish", "404").output


def test_article_is_withdrawn_and_restored(run: Callable[..., Result], corpus: Path, app: Flask) -> None:
    run("due")
    assert "It is withdrawn." in run("withdraw", "knee", "--why", "wrong").output
    assert not (corpus / "articles" / "knee.md").exists()
    app.extensions["chatbot"].library.refresh()
    number = run("restore", "knee").output.split("\n")[1].split()[0]
    assert run("restore", "knee", number).exit_code == 1
    assert "It is live" in run("restore", "knee", number, "--why", "it was right").output
    assert (corpus / "articles" / "knee.md").read_text() == KNEE


def test_revision_of_another_article_is_not_restored(run: Callable[..., Result]) -> None:
    run("due")
    assert "has no revision 99" in run("restore", "knee", "99", "--why", "x").output


def test_due_says_what_was_done(run: Callable[..., Result]) -> None:
    assert "0 scheduled steps, 3 edits from outside recorded, 0 cut-off steps mended" in run("due").output
    assert "0 edits" in run("due").output


def test_digest_says_what_waits(app: Flask, run: Callable[..., Result], corpus: Path) -> None:
    make_draft(app, "in_review")
    overdue = KNEE.replace("title: Knee pain", "title: Knee pain\nreview_by: 2026-06-01")
    (corpus / "articles" / "knee.md").write_text(overdue)
    (corpus / "articles" / "bad.md").write_text("---\ntitle: x")
    app.extensions["chatbot"].library.refresh()
    text = run("digest").output
    assert "Review overdue: 1\n  2026-06-01  knee: Knee pain" in text
    assert "Files that are refused: 1\n  articles/bad.md:1: the front matter does not end" in text
    assert "Waiting for review: 1\n  2026-11-27  migraine  by ana" in text
    found = json.loads(run("digest", "--json").output)
    assert [each["slug"] for each in found["overdue"]] == ["knee"]
    assert found["in_review"][0]["who"] == "ana"


def test_digest_of_a_quiet_day_says_so(app: Flask, run: Callable[..., Result], corpus: Path) -> None:
    for path in (corpus / "articles").iterdir():
        path.write_text(path.read_text().replace("\ntitle:", "\nreview_by: 2099-01-01\ntitle:", 1))
    app.extensions["chatbot"].library.refresh()
    assert run("digest").output.endswith("Nothing waits.\n")


def test_failing_database_is_one_line(app: Flask, run: Callable[..., Result]) -> None:
    database = app.extensions["chatbot"].database
    run("due")
    database.close()
    database.path.rename(database.path.with_suffix(".away"))
    result = run("digest")
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database")
