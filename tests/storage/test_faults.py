"""What a database may do to us, injected: answers go on, staff get words, and nothing else is ever raised."""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text

from chatbot.errors import DatabaseUnavailable
from chatbot.storage import accounts, migrating
from chatbot.storage.database import Database
from chatbot.storage.tables import Account, Base
from tests.databases import OWNER, unprivileged

POSTGRESQL = pytest.mark.parametrize("database_address", ["postgresql"], indirect=True)
AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with some pages of data, open."""
    database = Database("", tmp_path / "instance")
    with database.writing() as session:
        for number in range(200):
            accounts.add(session, f"account {number}", "author", password_hash="x" * 200, at=AT)
    yield database
    database.close()


def path_of(database: Database) -> Path:
    assert database.path
    return database.path


def read(database: Database) -> int:
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            session.execute(select(table)).all()
        return len(session.scalars(select(Account)).all())


def write(database: Database, name: str = "new") -> None:
    with database.writing() as session:
        accounts.add(session, name, "author", password_hash="x", at=AT)


def told(act: Callable[[], object]) -> str:
    """Return the words of DatabaseUnavailable; anything else that is raised fails the test."""
    with pytest.raises(DatabaseUnavailable) as caught:
        act()
    return str(caught.value)


def words_of(act: Callable[[], object]) -> str:
    """Return the words of DatabaseUnavailable, or nothing when all went well; anything else fails the test."""
    try:
        act()
    except DatabaseUnavailable as error:
        return str(error)
    return ""


@contextmanager
def held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_locked_database_is_waited_for_and_then_said(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.storage.engine.PRAGMAS", ("journal_mode=WAL", "busy_timeout=300"))
    filled.close()
    read(filled)
    with held(path_of(filled)):
        started = time.monotonic()
        assert "Another program holds" in told(lambda: write(filled))
        assert 0.2 < time.monotonic() - started < 3
        assert read(filled) == 200
    write(filled)
    assert filled.state == "ready"


def test_log_of_a_database_that_fails_is_emptied_another_time(filled: Database) -> None:
    read(filled)
    path_of(filled).unlink()
    filled.settle()
    assert filled.state == "failing"


@pytest.mark.parametrize("seed", range(20))
def test_flipped_bytes_are_found_or_do_no_harm(filled: Database, seed: int) -> None:
    filled.close()
    path, chance = path_of(filled), random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(30):
        content[chance.randrange(100, len(content))] ^= chance.randrange(1, 256)
    path.write_bytes(content)
    said = words_of(lambda: (read(filled), write(filled)))
    assert not said or "is damaged. Restore a backup" in said or "cannot be opened or read" in said


@pytest.mark.parametrize("seed", range(20))
def test_bytes_flipped_while_it_is_open_are_found_or_do_no_harm(filled: Database, seed: int) -> None:
    read(filled)
    filled.close()
    read(filled)
    chance = random.Random(seed)
    with path_of(filled).open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        for _ in range(30):
            file.seek(chance.randrange(0, size))
            file.write(bytes([chance.randrange(256)]))
    for act in (read, write, read):
        said = words_of(lambda act=act: act(filled))
        assert not said or "Visitors are answered all the same" in said


def test_file_that_is_no_database_is_said(filled: Database) -> None:
    filled.close()
    path_of(filled).write_bytes(b"not a database at all" * 1000)
    assert "is damaged. Restore a backup" in told(lambda: read(filled))
    assert filled.state == "failing"


def test_file_deleted_while_it_is_open_is_said_and_not_made_anew(filled: Database) -> None:
    read(filled)
    path_of(filled).unlink()
    assert "has disappeared" in told(lambda: write(filled))
    assert "has disappeared" in told(lambda: read(filled))
    assert not path_of(filled).exists()


def test_restart_after_a_deletion_begins_with_an_empty_database(filled: Database, tmp_path: Path) -> None:
    path_of(filled).unlink()
    restarted = Database("", tmp_path / "instance")
    assert read(restarted) == 0
    restarted.close()


def test_file_replaced_while_it_is_open_is_opened_afresh(filled: Database, tmp_path: Path) -> None:
    read(filled)
    other = Database("", tmp_path / "other")
    write(other)
    other.close()
    for end in ("-wal", "-shm"):
        path_of(filled).with_name(f"chatbot.db{end}").unlink(missing_ok=True)
    path_of(other).replace(path_of(filled))
    assert read(filled) == 1


def test_lost_log_while_it_is_open_leaves_a_sound_database(filled: Database) -> None:
    read(filled)
    for end in ("-wal", "-shm"):
        path_of(filled).with_name(f"chatbot.db{end}").unlink(missing_ok=True)
    write(filled, "after")
    filled.close()
    with closing(sqlite3.connect(path_of(filled))) as line:
        assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert line.execute("SELECT count(*) FROM accounts WHERE name = 'after'").fetchone() == (1,)


def test_lost_log_of_a_killed_server_leaves_a_sound_database(filled: Database, tmp_path: Path) -> None:
    filled.close()
    write(filled)
    # What a machine that loses its power leaves, without the log: the main file alone.
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "chatbot.db").write_bytes(path_of(filled).read_bytes())
    found = Database("", tmp_path / "found")
    assert read(found) in (200, 201)
    write(found, "after")
    found.close()


def test_full_disk_is_said_and_writes_nothing(filled: Database) -> None:
    def overflow() -> None:
        with filled.writing() as session:
            session.execute(text("PRAGMA max_page_count=1"))
            for number in range(2000):
                accounts.add(session, f"more {number}", "author", password_hash="x" * 500, at=AT)

    assert "disk is full" in told(overflow)
    assert read(filled) == 200


def test_newer_database_is_said(filled: Database) -> None:
    with filled.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'v9999_tomorrow'"))
    filled.close()
    assert "newer version" in told(lambda: read(filled))


def test_what_could_not_be_opened_is_not_tried_at_every_request(filled: Database) -> None:
    filled.close()
    sound = path_of(filled).read_bytes()
    path_of(filled).write_bytes(b"not a database at all" * 1000)
    told(lambda: read(filled))
    path_of(filled).write_bytes(sound)
    told(lambda: read(filled))
    filled._failed_at -= 60
    assert read(filled) == 200


READ_ONLY_CASES: dict[str, tuple[int, int]] = {"file": (0o444, 0o700), "folder": (0o600, 0o500), "both": (0o444, 0o500)}


@pytest.mark.parametrize("what", READ_ONLY_CASES)
def test_read_only_database_is_said(filled: Database, what: str) -> None:
    """Root may write anywhere, so this runs in a process of somebody else."""
    assert migrating.MIGRATIONS.is_dir()
    filled.close()
    file_mode, folder_mode = READ_ONLY_CASES[what]
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    copy = folder / "chatbot.db"
    copy.write_bytes(path_of(filled).read_bytes())
    (folder / "chatbot.db.lock").touch(mode=0o600)
    identity = unprivileged()
    for path, mode in ((folder / "chatbot.db.lock", 0o600), (copy, file_mode), (folder, folder_mode)):
        if identity:
            os.chown(path, identity["user"], identity["group"])
        path.chmod(mode)
    assert "cannot be" in as_somebody_else(identity, lambda: told(lambda: write(Database("", folder))))


def as_somebody_else(identity: dict[str, int], act: Callable[[], str]) -> str:
    """Run in a forked process, so that no file of ours must be readable to that user; return what it says."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        said = "failed"
        try:
            if identity:
                os.setgroups([])
                os.setgid(identity["group"])
                os.setuid(identity["user"])
            said = act()
        except BaseException as error:
            said = f"failed: {type(error).__name__}: {error}"
        os.write(into, said.encode()[:4000])
        os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with os.fdopen(out) as pipe:
        return pipe.read()


@POSTGRESQL
def test_server_that_ends_the_connection_is_said_and_tried_again(postgres_server: str, database: Database) -> None:
    def cut() -> None:
        with database.writing() as session:
            number = session.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(f"host={postgres_server} user={OWNER} dbname=template1", autocommit=True) as line:
                line.execute("SELECT pg_terminate_backend(%s)", (number,))
            accounts.add(session, "ana", "author", password_hash="x", at=AT)

    assert "does not answer" in told(cut)
    assert read(database) == 0
    write(database)
    assert database.state == "ready"


@POSTGRESQL
def test_statement_that_takes_too_long_is_cut_off(database: Database) -> None:
    def wait() -> None:
        with database.reading() as session:
            session.execute(text("SET LOCAL statement_timeout = 100"))
            session.execute(text("SELECT pg_sleep(5)"))

    assert "holds the database" in told(wait)
