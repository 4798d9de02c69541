from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from chatbot.errors import BackupError
from chatbot.storage import accounts, audit, sessions
from chatbot.storage.audit import Event
from chatbot.storage.backup import back_up, is_in_use, restore
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.storage.tables import Account, Base, Draft, StaffSession

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
KEYS = Keys("a key of the tests", Path("unused"))


def fill(database: Database) -> None:
    with database.writing() as session:
        ana = accounts.add(session, "ana", "publisher", password_hash="x", at=AT)
        session.add(
            Draft(
                slug="sciatica", source="Text: é 🙂", original=b"\0\xff", author_id=ana.id, created_at=AT, changed_at=AT
            )
        )
        sessions.begin(session, ana, browser="Test", at=AT)
        audit.append(session, KEYS, Event(AT, ana.id, "draft.saved", "sciatica"))


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name != "staff_sessions"
        }


def test_backup_brings_everything_back(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = contents(database)
    back_up(database, tmp_path / "backup.db")
    with database.writing() as session:
        session.delete(session.scalars(select(Draft)).one())
        audit.append(session, KEYS, Event(AT, None, "draft.dropped", "sciatica"))
    restore(database, tmp_path / "backup.db", AT)
    assert contents(database) == before
    with database.reading() as session:
        assert audit.verify(session, KEYS) == []


def test_nobody_stays_signed_in_after_a_restore(database: Database, tmp_path: Path) -> None:
    fill(database)
    back_up(database, tmp_path / "backup.db")
    restore(database, tmp_path / "backup.db", AT)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_new_rows_are_numbered_after_the_restored_ones(database: Database, tmp_path: Path) -> None:
    fill(database)
    back_up(database, tmp_path / "backup.db")
    restore(database, tmp_path / "backup.db", AT)
    with database.writing() as session:
        assert accounts.add(session, "ben", "author", password_hash="x", at=AT).id == 2


def test_backup_of_one_database_goes_into_the_other(database: Database, tmp_path: Path) -> None:
    fill(database)
    back_up(database, tmp_path / "backup.db")
    other = Database("", tmp_path / "other")
    restore(other, tmp_path / "backup.db", AT)
    assert contents(other) == contents(database)
    back_up(other, tmp_path / "again.db")
    restore(database, tmp_path / "again.db", AT)
    assert contents(database) == contents(other)
    other.close()


def test_backup_is_whole_while_others_write(database: Database, tmp_path: Path) -> None:
    """Each write adds an account and a draft: a backup that is torn has more of one than of the other."""
    stopped = threading.Event()

    def write() -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            with database.writing() as session:
                account = accounts.add(session, f"account {number}", "author", password_hash="x", at=AT)
                session.add(
                    Draft(slug=f"d{number}", source="x" * 5000, author_id=account.id, created_at=AT, changed_at=AT)
                )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(database, tmp_path / f"{number}.db")
    finally:
        stopped.set()
        writer.join()
    for number in range(5):
        with sqlite3.connect(tmp_path / f"{number}.db") as line:
            assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts = {line.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("accounts", "drafts")}
        line.close()
        assert len(counts) == 1


def test_backup_is_one_file_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(database, folder / "backup.db")
    assert [file.name for file in folder.iterdir()] == ["backup.db"]
    assert stat.S_IMODE((folder / "backup.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("what", ["text", "empty", "other database", "cut off", "flipped"])
def test_what_is_no_sound_backup_is_refused_and_nothing_changed(database: Database, tmp_path: Path, what: str) -> None:
    fill(database)
    file = tmp_path / "backup.db"
    back_up(database, file)
    content = file.read_bytes()
    file.unlink()
    if what == "other database":
        with sqlite3.connect(file) as line:
            line.execute("CREATE TABLE accounts (id)")
        line.close()
    else:
        middle = len(content) // 3
        flipped = (
            content[:middle] + bytes(byte ^ 255 for byte in content[middle : middle + 9000]) + content[middle + 9000 :]
        )
        file.write_bytes({"text": b"hello", "empty": b"", "cut off": content[:20000], "flipped": flipped}[what])
    before = contents(database)
    with pytest.raises(BackupError, match="nothing was changed"):
        restore(database, file, AT)
    assert contents(database) == before


def test_backup_into_a_folder_that_is_not_there_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="could not be written"):
        back_up(database, tmp_path / "nowhere" / "backup.db")


def test_running_server_goes_on_with_the_restored_data(tmp_path: Path) -> None:
    running, command = Database("", tmp_path / "instance"), Database("", tmp_path / "instance")
    fill(running)
    back_up(command, tmp_path / "backup.db")
    with running.writing() as session:
        accounts.add(session, "ben", "author", password_hash="x", at=AT)
    with running.reading() as before:
        before.scalars(select(Account)).all()
        restore(command, tmp_path / "backup.db", AT)
    with running.reading() as session:
        assert [account.name for account in session.scalars(select(Account))] == ["ana"]
    running.close()
    command.close()


def test_damaged_database_is_set_aside_and_replaced(tmp_path: Path) -> None:
    running = Database("", tmp_path / "instance")
    fill(running)
    back_up(running, tmp_path / "backup.db")
    path = tmp_path / "instance" / "chatbot.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 50_000)
    restore(running, tmp_path / "backup.db", AT)
    with running.reading() as session:
        assert accounts.find(session, "ana")
    assert [file.name for file in path.parent.glob("chatbot.db.damaged-*")] == ["chatbot.db.damaged-20261127-093000"]
    running.close()


def test_only_what_holds_something_is_in_use(database: Database) -> None:
    assert not is_in_use(database)
    fill(database)
    assert is_in_use(database)
