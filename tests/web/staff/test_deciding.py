"""What the check of a draft refuses, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.publishing.conftest import KNEE
from tests.web.staff.conftest import Browser, wired
from tests.web.staff.test_articles import approved, begin, change, draft_of, file, send

AsRole = Callable[[str], Browser]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS, knee=KNEE)


def test_day_that_is_none_is_refused_and_nothing_is_approved(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    change(author, address)
    send(author, address, "hand-in")
    said = send(as_role("reviewer"), address, "opinion", do="approve", review_by="next year")
    assert "next year&#34; is not a day; write it as 2027-08-15." in said
    assert draft_of(console, address).state == "in_review"


def test_time_that_is_none_is_refused_and_nothing_is_published(as_role: AsRole, console: Flask) -> None:
    address = approved(as_role)
    said = send(as_role("publisher"), address, "publish", due_at="tomorrow")
    assert "tomorrow&#34; is not a time; write it as 2027-08-15T09:30." in said
    assert file(console) == KNEE


def test_draft_that_was_dropped_is_closed(as_role: AsRole) -> None:
    author = as_role("author")
    address = begin(author)
    assert send(author, address, "drop").startswith("303")
    for step in ("drop", "new-base", "hand-in"):
        assert "published or dropped" in send(author, address, step)


def test_draft_that_was_changed_meanwhile_takes_no_new_base(as_role: AsRole) -> None:
    author = as_role("author")
    address = begin(author)
    change(author, address)
    assert "changed or closed since you looked at it" in send(author, address, "new-base", edits="0")


def test_text_typed_over_a_newer_one_is_shown_beside_it_and_kept_nowhere(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    kept = change(author, address)
    old = {"whole": KNEE.replace("ache", "soreness"), "edits": "0"}
    reply = author.post(f"{address}/autosave", old)
    assert reply.status_code == 409
    assert reply.json["problem"]
    assert author.post(address, old).status_code == 409
    assert draft_of(console, address).source == kept


def test_empty_text_is_no_draft(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    reply = author.post(address, {"whole": " \n", "edits": str(draft_of(console, address).edits)})
    assert reply.status_code == 422
    assert "There is no text; nothing was saved." in reply.text
    assert draft_of(console, address).source == KNEE


def test_front_matter_that_cannot_be_read_is_told_and_the_text_stays(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    broken = KNEE.replace("title: Knee pain", "title: [")
    edits = str(draft_of(console, address).edits)
    assert author.post(address, {"whole": broken, "edits": edits}).status_code == 303
    again = {"title": "Knee pain", "body": "## New", "edits": str(draft_of(console, address).edits)}
    assert author.post(address, again).status_code == 422
    assert draft_of(console, address).source == broken
    assert author.get(f"{address}/check").status_code == 200


@pytest.mark.parametrize("page", ["/staff/learn/", "/staff/bench/", "/staff/articles/", "/staff/"])
def test_console_works_without_any_article(as_role: AsRole, console: Flask, page: str) -> None:
    for path in (wired(console).settings.corpus / "articles").iterdir():
        path.unlink()
    wired(console).library.refresh()
    assert as_role("publisher").get(page).status_code == 200
