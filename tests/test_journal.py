from __future__ import annotations

import dataclasses
import gc
import multiprocessing
import threading
import weakref
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chatbot.errors import DatabaseUnavailable
from chatbot.housekeeping import Housekeeping, own_tasks
from chatbot.journal import Journal, fold
from chatbot.settings import Settings
from chatbot.storage import questions
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.storage.tables import QuestionCount
from chatbot.values import Answer, Excerpt, Feedback, Question
from tests.builders import make_passage
from tests.cpu import cpu_seconds

NOW = datetime(2026, 11, 27, 9, 41, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
ASKED = Question("Does it help my gout?")


def reply(verdict: str = "nothing", **more: Any) -> Answer:
    return Answer(ASKED, verdict, "Words.", "9f3c", **{"is_private": False, **more})  # type: ignore[arg-type]


class Away:
    """A database that cannot be used until somebody brings it back."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.is_away = True

    def writing(self) -> Any:
        if self.is_away:
            raise DatabaseUnavailable("The disk is full.")
        return self.database.writing()


class Diary:
    """A journal whose thread never wakes up by itself, and what it has written."""

    def __init__(self, database: Database, mode: str, **more: Any) -> None:
        settings = dataclasses.replace(Settings(), question_log=mode)  # type: ignore[arg-type]
        self.database = database
        self.journal = Journal(more.pop("through", database), settings, lambda: ("gout",), clock=lambda: NOW, **more)

    def counts(self) -> list[QuestionCount]:
        self.journal.flush()
        with self.database.reading() as session:
            return list(session.query(QuestionCount).all())

    def texts(self) -> list[str]:
        self.journal.flush()
        with self.database.reading() as session:
            return [row.text for row in questions.texts(session)]

    def ratings(self) -> list[questions.Rated]:
        self.journal.flush()
        with self.database.reading() as session:
            return questions.ratings(session, NOW - timedelta(days=2))


@pytest.fixture(autouse=True)
def _quiet_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.journal.EVERY_SECONDS", 3600)


def test_nothing_is_kept_by_default(database: Database) -> None:
    diary = Diary(database, "off")
    diary.journal.asked(ASKED, reply())
    assert (diary.counts(), diary.texts()) == ([], [])


def test_counts_hold_no_word_of_the_question(database: Database) -> None:
    diary = Diary(database, "counts")
    shown = (Excerpt(make_passage(slug="gout"), "high"), Excerpt(make_passage(slug="gout"), "low"))
    for _ in range(2):
        diary.journal.asked(ASKED, reply("answered", passages=shown, coverage=0.8, category="C11"))
    [row] = diary.counts()
    kept = (row.hour, row.category, row.verdict, row.slugs, row.band, row.language, row.length, row.count)
    assert kept == (HOUR, "C11", "answered", "gout", "4", "en", "1", 2)
    assert diary.texts() == []


def test_of_an_urgent_question_only_its_category_is_counted(database: Database) -> None:
    diary = Diary(database, "redacted")
    diary.journal.asked(ASKED, reply("urgent", category="C1", coverage=0.7, is_private=True))
    [row] = diary.counts()
    assert (row.category, row.verdict, row.slugs, row.band, row.language, row.length) == (
        "C1",
        "urgent",
        "",
        "",
        "",
        "",
    )
    assert diary.texts() == []


def test_unanswered_question_is_kept_redacted_in_lower_case(database: Database) -> None:
    diary = Diary(database, "redacted")
    diary.journal.asked(Question("My name is Ana Berg, 555-010-2030.  Does it help GOUT?"), reply("unsure"))
    assert diary.texts() == ["my name is [name], [number]. does it help gout?"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Does it help my gout?", reply("answered")),
        ("Does it help my gout?", reply("nothing", is_private=True)),
        ("¿Cuánto dura el alivio del dolor en la espalda?", reply("nothing")),
        ("gout " * 100, reply("nothing")),
        ("???", reply("nothing")),
    ],
    ids=["answered", "private", "another language", "a long story", "no word"],
)
def test_text_that_must_not_be_kept_is_only_counted(database: Database, question: str, answer: Answer) -> None:
    diary = Diary(database, "redacted")
    diary.journal.asked(Question(question), answer)
    assert diary.texts() == []
    assert len(diary.counts()) == 1


def test_answer_keeps_its_words_private_unless_somebody_says_otherwise() -> None:
    assert Answer(ASKED, "nothing", "Words.", "9f3c").is_private


def test_two_askings_with_the_same_subject_are_folded_alike() -> None:
    assert fold("does ketamine help my gout?") == fold("Gout: will ketamine be helping") == "gout ketamin"


def test_full_queue_drops_and_counts_what_it_drops(database: Database) -> None:
    diary = Diary(database, "counts", room=2)
    for _ in range(5):
        diary.journal.asked(ASKED, reply())
    assert [row.count for row in diary.counts()] == [2]
    assert diary.journal.dropped == 3


def test_database_that_is_away_costs_questions_but_no_feedback(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    away = Away(database)
    diary = Diary(database, "redacted", through=away)
    diary.journal.asked(ASKED, reply())
    diary.journal.add(Feedback("9f3c", "answered", False, "a#1", "unsafe"))
    assert diary.counts() == []
    assert diary.journal.dropped == 1
    assert "gout" not in caplog.text
    away.is_away = False
    diary.journal.add(Feedback("9f3c", "answered", False, "a#1", "unsafe"))
    assert diary.ratings() == [questions.Rated("a#1", 0, {"unsafe": 2})]
    assert diary.texts() == []


def test_what_the_database_refuses_is_dropped_and_not_tried_for_ever(database: Database) -> None:
    class Refusing:
        def writing(self) -> Any:
            raise ValueError("no")

    diary = Diary(database, "counts", through=Refusing())
    diary.journal.add(Feedback("9f3c", "answered", True, "a#1"))
    diary.journal.asked(ASKED, reply())
    diary.journal.flush()
    assert diary.journal.dropped == 2


def test_thread_writes_by_itself_and_stopping_writes_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.journal.EVERY_SECONDS", 0.02)
    diary = Diary(database, "counts")
    written = threading.Event()
    flush = diary.journal.flush

    def flush_and_tell() -> None:
        flush()
        with database.reading() as session:
            # The thread may write before there is anything to write.
            if session.query(QuestionCount).count() == 1:
                written.set()

    monkeypatch.setattr(diary.journal, "flush", flush_and_tell)
    diary.journal.asked(ASKED, reply())
    assert written.wait(10)
    diary.journal.asked(ASKED, reply())
    diary.journal.stop()
    assert [row.count for row in diary.counts()] == [2]


def test_journal_that_nobody_holds_is_let_go(database: Database) -> None:
    diary = Diary(database, "counts")
    diary.journal.asked(ASKED, reply())
    held = weakref.ref(diary.journal)
    del diary
    gc.collect()
    assert held() is None


def _ask_in_child(diary: Diary) -> None:
    diary.journal.asked(ASKED, reply())
    diary.journal.stop()


def test_each_process_writes_its_own_after_a_fork(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "chatbot.db").write_bytes(sqlite_template.read_bytes())
    diary = Diary(Database("", tmp_path), "counts")
    diary.journal.asked(ASKED, reply())
    child = multiprocessing.get_context("fork").Process(target=_ask_in_child, args=(diary,))
    child.start()
    child.join(20)
    assert child.exitcode == 0
    # The child has written one and not the parent's; then the parent writes its own.
    with diary.database.reading() as session:
        assert [row.count for row in session.query(QuestionCount)] == [1]
    assert [row.count for row in diary.counts()] == [2]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys("x" * 40, tmp_path)


@pytest.mark.parametrize(("later", "left"), [(29, 1), (31, 0)])
def test_program_deletes_texts_by_itself_when_their_days_are_over(
    database: Database, keys: Keys, later: int, left: int
) -> None:
    diary = Diary(database, "redacted")
    diary.journal.asked(ASKED, reply())
    assert len(diary.texts()) == 1
    tasks = own_tasks(keys, Settings(question_log="redacted"))
    Housekeeping(database, tasks).run_once(NOW + timedelta(days=later))
    assert len(diary.texts()) == left


@pytest.mark.parametrize("mode", ["off", "counts"])
def test_texts_go_at_once_when_the_site_stops_keeping_them(database: Database, keys: Keys, mode: Any) -> None:
    diary = Diary(database, "redacted")
    diary.journal.asked(ASKED, reply())
    assert len(diary.texts()) == 1
    Housekeeping(database, own_tasks(keys, Settings(question_log=mode))).run_once(NOW)
    assert diary.texts() == []


@pytest.mark.parametrize("mode", ["off", "counts", "redacted"])
def test_visitor_pays_for_a_queue_and_nothing_else(database: Database, mode: str) -> None:
    diary = Diary(database, mode, room=10_000)
    answer, rounds = reply(), 2_000
    diary.journal.asked(ASKED, answer)
    each = cpu_seconds(lambda: [diary.journal.asked(ASKED, answer) for _ in range(rounds)]) / rounds
    print(f"{mode}: {each * 1e6:.1f} µs a question")
    assert each < 0.0005
