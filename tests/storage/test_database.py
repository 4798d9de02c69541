from __future__ import annotations

import stat
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from chatbot.errors import DatabaseUnavailable
from chatbot.storage.database import Database
from chatbot.storage.tables import Account, Job

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


def make_job(kind: str = "import") -> Job:
    return Job(kind=kind, created_at=AT, changed_at=AT)


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


def test_what_is_written_can_be_read(database: Database) -> None:
    with database.writing() as session:
        session.add(make_job())
    with database.reading() as session:
        job = session.scalars(select(Job)).one()
    assert (job.kind, job.state, job.created_at) == ("import", "waiting", AT)
    assert database.state == "ready"


def test_block_that_fails_writes_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.add(make_job())
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count(database) == 0


def test_reading_keeps_no_change(database: Database) -> None:
    with database.reading() as session:
        session.add(make_job())
        session.flush()
    assert count(database) == 0


def test_moment_comes_back_in_utc_whatever_zone_it_went_in(database: Database) -> None:
    there = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with database.writing() as session:
        session.add(Job(kind="import", created_at=there, changed_at=there))
    with database.reading() as session:
        kept = session.scalars(select(Job)).one().created_at
    assert kept == AT
    assert kept.utcoffset() == timedelta(0)


def test_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        session.add(Job(kind="import", created_at=AT.replace(tzinfo=None), changed_at=AT))


def test_fault_of_a_statement_is_not_the_databases(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("INSERT INTO drafts (id) VALUES (1)"))
    assert count(database) == 0
    assert database.state == "ready"


def test_reference_to_nobody_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Job(kind="import", account_id=404, created_at=AT, changed_at=AT))


def test_writers_take_turns_and_lose_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(make_job())

    def add_one() -> None:
        for _ in range(10):
            with database.writing() as session:
                job = session.scalars(select(Job).with_for_update()).one()
                job.done += 1

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalars(select(Job)).one().done == 40


def test_closed_database_opens_again_by_itself(database: Database) -> None:
    database.close()
    assert count(database) == 0


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    database = Database("", tmp_path / "instance")
    assert database.state == "unopened"
    assert not (tmp_path / "instance").exists()


def test_folder_and_file_are_for_their_owner_only(tmp_path: Path) -> None:
    database = Database("", tmp_path / "instance")
    database.upgrade()
    database.close()
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "instance" / "chatbot.db").stat().st_mode) == 0o600


def test_folder_that_everybody_may_change_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match="chmod o-w"):
        Database("", tmp_path / "open").upgrade()


def test_sqlite_waits_for_its_turn_and_writes_ahead(tmp_path: Path) -> None:
    database = Database("", tmp_path)
    with database.reading() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    database.close()
    assert pragmas == {"journal_mode": "wal", "busy_timeout": 5000, "foreign_keys": 1}


def test_password_of_the_address_is_in_no_message(tmp_path: Path) -> None:
    database = Database("postgresql://me:hidden@127.0.0.1:1/chat", tmp_path)
    with pytest.raises(DatabaseUnavailable) as caught, database.reading():
        pass
    assert "hidden" not in f"{caught.value}{caught.value!r}{database.problem}"
    assert "does not answer" in database.problem


def test_account_names_are_unique(database: Database) -> None:
    def account() -> Account:
        return Account(name="ana", role="author", password_hash="x", created_at=AT, password_changed_at=AT)

    with database.writing() as session:
        session.add(account())
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(account())
