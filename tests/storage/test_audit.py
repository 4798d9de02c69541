from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update

from chatbot.storage import audit
from chatbot.storage.audit import KEPT, Event
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.storage.tables import AuditHead, AuditLine

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
KEYS = Keys("a key of the tests", Path("unused"))
LINES = 6


@pytest.fixture
def log(database: Database) -> Database:
    for number in range(LINES):
        write(database, AT + timedelta(minutes=number), f"article-{number}")
    return database


def write(database: Database, at: datetime, subject: str = "sciatica") -> None:
    event = Event(at, None, "article.published", subject, "why", before="a" * 64, after="b" * 64)
    with database.writing() as session:
        audit.append(session, KEYS, event)


def faults(database: Database, keys: Keys = KEYS) -> list[str]:
    with database.reading() as session:
        return audit.verify(session, keys)


def test_log_that_nobody_touched_is_sound(log: Database) -> None:
    assert faults(log) == []


def test_empty_log_is_sound(database: Database) -> None:
    assert faults(database) == []


CHANGES = {
    "at": AT - timedelta(days=1),
    "account_id": 7,
    "action": "article.withdrawn",
    "subject": "other",
    "detail": "another reason",
    "before": "c" * 64,
    "after": "c" * 64,
    "seal": "c" * 64,
}


@pytest.mark.parametrize("field", CHANGES)
@pytest.mark.parametrize("number", range(1, LINES + 1))
def test_change_of_any_field_of_any_line_is_found(log: Database, number: int, field: str) -> None:
    with log.writing() as session:
        session.execute(update(AuditLine).where(AuditLine.id == number).values({field: CHANGES[field]}))
    assert f"Line {number} was changed." in faults(log)


@pytest.mark.parametrize("number", range(1, LINES + 1))
def test_removal_of_any_line_is_found(log: Database, number: int) -> None:
    with log.writing() as session:
        session.execute(delete(AuditLine).where(AuditLine.id == number))
    assert f"Line {number} is missing." in faults(log)


def test_lines_that_changed_places_are_found(log: Database) -> None:
    with log.writing() as session:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            session.execute(update(AuditLine).where(AuditLine.id == before).values(id=after))
    assert faults(log)


def test_line_that_was_slipped_in_is_found(log: Database) -> None:
    with log.writing() as session:
        session.execute(
            text(
                "INSERT INTO audit_lines SELECT 7, at, account_id, action, subject, detail, before, after, seal "
                "FROM audit_lines WHERE id = 6"
            )
        )
    assert "There are lines after the end of the log." in faults(log)


def test_end_that_was_cut_off_and_covered_up_is_found(log: Database) -> None:
    """Somebody removes the last line and lets the head say that there never was one; the key they have not."""
    with log.writing() as session:
        session.execute(delete(AuditLine).where(AuditLine.id == LINES))
        before = session.get_one(AuditLine, LINES - 1)
        session.execute(update(AuditHead).values(last_id=before.id, last_seal=before.seal))
    assert faults(log) == ["The end of the log was changed."]


def test_log_that_was_sealed_anew_with_another_key_is_found(database: Database) -> None:
    with database.writing() as session:
        audit.append(session, Keys("of somebody else", Path("unused")), Event(AT, None, "article.published"))
    assert "Line 1 was changed." in faults(database)


def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda number: write(database, AT, f"article-{number}"), range(30)))
    assert faults(database) == []
    with database.reading() as session:
        assert session.scalar(select(func.max(AuditLine.id))) == 30


def test_line_is_kept_only_with_what_it_tells_of(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            audit.append(session, KEYS, Event(AT, None, "article.published"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert faults(database) == []
    write(database, AT)
    assert faults(database) == []


def test_lines_are_kept_for_twelve_months_and_then_deleted(log: Database) -> None:
    later = AT + KEPT + timedelta(minutes=2, seconds=1)
    with log.writing() as session:
        assert audit.forget(session, KEYS, later) == 3
    with log.reading() as session:
        assert [line.action for line in audit.lines(session, newest=2)] == ["audit.forgotten", "article.published"]
        assert [line.id for line in audit.lines(session)] == [7, 6, 5, 4]
    assert faults(log) == []


def test_nothing_is_deleted_before_its_time(log: Database) -> None:
    with log.writing() as session:
        assert audit.forget(session, KEYS, AT + KEPT) == 0


def test_old_line_among_new_ones_tears_no_hole(database: Database) -> None:
    write(database, AT)
    write(database, AT - KEPT - KEPT)
    with database.writing() as session:
        assert audit.forget(session, KEYS, AT) == 0
    assert faults(database) == []


def test_removal_after_a_deletion_is_found_too(log: Database) -> None:
    with log.writing() as session:
        audit.forget(session, KEYS, AT + KEPT + timedelta(minutes=2, seconds=1))
        session.execute(delete(AuditLine).where(AuditLine.id == 4))
    assert faults(log) == ["Line 4 is missing."]


def test_lines_come_newest_first_and_in_pieces(log: Database) -> None:
    with log.reading() as session:
        assert [line.id for line in audit.lines(session, newest=2)] == [6, 5]
        assert [line.id for line in audit.lines(session, newest=2, before_id=5)] == [4, 3]
