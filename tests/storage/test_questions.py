from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from chatbot.storage import questions
from chatbot.storage.database import Database
from chatbot.storage.questions import Kind, Rated, Said, Text

HOUR = datetime(2026, 11, 27, 9, tzinfo=UTC)
DAY = HOUR.replace(hour=0)
KIND = Kind(HOUR, "", "nothing", "", "1", "en", "2")
MARK = "zebrafish"


def keep(database: Database, *texts: Text) -> int:
    with database.writing() as session:
        return questions.keep_texts(session, texts)


def make_text(text: str = "does it help gout", asked_at: datetime = HOUR) -> Text:
    return Text("gout help", text, "nothing", asked_at)


def kept(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.text for row in questions.texts(session)]


def forget(database: Database, at: datetime, days: int = 30) -> None:
    with database.writing() as session:
        questions.forget(session, at, days)


def test_questions_of_one_kind_are_one_row_that_counts(database: Database) -> None:
    for number in (2, 3):
        with database.writing() as session:
            questions.count_questions(session, {KIND: number})
    with database.reading() as session:
        assert questions.totals(session, "verdict", HOUR) == {"nothing": 5}
        assert questions.totals(session, "hour", HOUR) == {"09": 5}
        assert questions.totals(session, "verdict", HOUR + timedelta(hours=1)) == {}


def test_unsafe_passages_come_first_then_those_that_helped_least(database: Database) -> None:
    said = {
        Said(DAY, "a#1", "answered", True, ""): 9,
        Said(DAY, "a#1", "answered", False, "unclear"): 3,
        Said(DAY, "b#1", "answered", False, "unsafe"): 1,
        Said(DAY, "c#1", "answered", False, ""): 2,
    }
    with database.writing() as session:
        questions.count_feedback(session, said)
    with database.reading() as session:
        rated = questions.ratings(session, DAY)
    assert rated == [Rated("b#1", 0, {"unsafe": 1}), Rated("a#1", 9, {"unclear": 3}), Rated("c#1", 0, {"": 2})]


def test_passage_with_an_endless_name_is_counted_all_the_same(database: Database) -> None:
    with database.writing() as session:
        questions.count_feedback(session, {Said(DAY, "a#" + "b" * 400, "answered", True, ""): 1})
    with database.reading() as session:
        assert [len(each.passage) for each in questions.ratings(session, DAY)] == [200]


def test_texts_have_room_for_a_number_of_them_only(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_TEXTS", 3)
    assert keep(database, make_text(), make_text()) == 2
    assert keep(database, make_text(), make_text()) == 1
    assert len(kept(database)) == 3


def test_texts_that_staff_are_done_with_are_deleted(database: Database) -> None:
    keep(database, make_text("one"), make_text("two"))
    with database.writing() as session:
        first = questions.texts(session)[0].id
        assert questions.drop_texts(session, [first, first + 100]) == 1
    assert kept(database) == ["two"]


@pytest.mark.parametrize(("days", "later", "left"), [(30, 29, 1), (30, 31, 0), (1, 1, 0), (90, 89, 1), (0, 0, 0)])
def test_text_goes_when_its_days_are_over(database: Database, days: int, later: int, left: int) -> None:
    keep(database, make_text())
    forget(database, HOUR + timedelta(days=later), days)
    assert len(kept(database)) == left


def test_counts_go_after_a_year(database: Database) -> None:
    with database.writing() as session:
        questions.count_questions(session, {KIND: 1})
        questions.count_feedback(session, {Said(DAY, "a#1", "answered", True, ""): 1})
    for days, left in ((364, 1), (367, 0)):
        forget(database, HOUR + timedelta(days=days))
        with database.reading() as session:
            assert len(questions.totals(session, "verdict", HOUR)) == left
            assert len(questions.ratings(session, DAY)) == left


CRASH = """
import os, sys
from datetime import datetime
from pathlib import Path
from chatbot.storage import questions
from chatbot.storage.database import Database
with Database(sys.argv[1], Path(sys.argv[2])).writing() as session:
    questions.forget(session, datetime.fromisoformat(sys.argv[3]), 30)
    os._exit(9)
"""


def test_deletion_that_was_cut_off_is_done_at_the_next_time(database: Database, database_address: str) -> None:
    keep(database, make_text(), make_text(asked_at=HOUR + timedelta(days=20)))
    late = HOUR + timedelta(days=31)
    command = [sys.executable, "-c", CRASH, database_address, ".", late.isoformat()]
    assert subprocess.run(command, check=False).returncode == 9
    assert len(kept(database)) == 2
    forget(database, late)
    assert len(kept(database)) == 1


def test_deleted_words_are_in_no_file_any_more(database: Database) -> None:
    if database.path is None:
        pytest.skip("PostgreSQL looks after its own files")
    keep(database, *(make_text(f"{MARK} {number}") for number in range(50)))
    files = database.path.parent
    assert any(MARK.encode() in path.read_bytes() for path in files.iterdir())
    forget(database, HOUR + timedelta(days=31))
    database.settle()
    assert not any(MARK.encode() in path.read_bytes() for path in files.iterdir())
