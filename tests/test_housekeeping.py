from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from chatbot.housekeeping import Housekeeping, own_tasks
from chatbot.settings import Settings
from chatbot.storage import accounts, audit, sessions, tries
from chatbot.storage.audit import Event
from chatbot.storage.database import Database, Session
from chatbot.storage.keys import Keys
from chatbot.storage.tables import AuditLine, SignInTry, StaffSession

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
KEYS = Keys("a key of the tests", Path("unused"))


def test_what_was_kept_long_enough_is_gone_and_the_rest_stays(database: Database) -> None:
    with database.writing() as session:
        ana = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        sessions.begin(session, ana, browser="Test", at=AT)
        tries.take(session, ["name"], AT)
        audit.append(session, KEYS, Event(AT, None, "account.added"))
    house = Housekeeping(database, own_tasks(KEYS, Settings()))
    house.run_once(AT + timedelta(minutes=1))
    assert counts(database) == (1, 1, 1)
    house.run_once(AT + timedelta(days=2))
    assert counts(database) == (0, 0, 1)
    house.run_once(AT + timedelta(days=367))
    with database.reading() as session:
        assert [line.action for line in audit.lines(session)] == ["audit.forgotten"]
        assert audit.verify(session, KEYS) == []


def counts(database: Database) -> tuple[int, ...]:
    with database.reading() as session:
        return tuple(len(session.scalars(select(table)).all()) for table in (StaffSession, SignInTry, AuditLine))


def test_task_that_was_cut_off_stops_no_other_and_is_done_the_next_time(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def cut_off(session: Session, at: datetime) -> None:
        sessions.forget(session, at)
        raise RuntimeError

    with database.writing() as session:
        ana = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        sessions.begin(session, ana, browser="Test", at=AT)
    later = AT + timedelta(days=2)
    done = threading.Event()
    Housekeeping(database, [cut_off, lambda session, at: done.set()]).run_once(later)
    assert done.is_set()
    assert "a task of the housekeeping failed" in caplog.text
    assert counts(database)[0] == 1
    Housekeeping(database, own_tasks(KEYS, Settings())).run_once(later)
    assert counts(database)[0] == 0


def test_failing_database_is_logged_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "chatbot.db").write_bytes(b"no database" * 1000)
    with caplog.at_level(logging.ERROR):
        Housekeeping(Database("", tmp_path), own_tasks(KEYS, Settings())).run_once(AT)
    assert "visitors are answered all the same" in caplog.text


def test_start_opens_the_database_from_a_thread_of_its_own(tmp_path: Path) -> None:
    done = threading.Event()
    database = Database("", tmp_path / "instance")
    house = Housekeeping(database, [lambda session, at: done.set()])
    house.start()
    assert done.wait(10)
    house.stop()
    for thread in threading.enumerate():
        if thread.name == "housekeeping":
            thread.join(10)
    assert database.state == "ready"
    database.close()
