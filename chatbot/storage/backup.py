"""Backups of staff's data: one SQLite file, whichever database it came from and whichever it goes back to."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from chatbot.errors import BackupError, DatabaseUnavailable
from chatbot.storage.database import Database
from chatbot.storage.engine import BUSY_SECONDS
from chatbot.storage.files import prepare_folder
from chatbot.storage.tables import Account, Base, Draft, StaffSession

AT_A_TIME = 500
# rows


def back_up(database: Database, file: Path) -> None:
    """Write everything that is kept at this moment into a file, while others go on working.

    The file appears whole or not at all, for its owner only. Raises BackupError and DatabaseUnavailable.
    """
    with database.reading() as session, _appearing(file) as fresh:
        if database.path:
            _copy_file(database.path, fresh)
        else:
            _copy_rows(session, Database(f"sqlite:///{fresh}", fresh.parent))
        with closing(sqlite3.connect(fresh)) as whole:
            # One file, without others beside it.
            whole.execute("PRAGMA journal_mode=DELETE")


def restore(database: Database, file: Path, at: datetime) -> None:
    """Put a backup in the place of everything that is kept now; a server that runs goes on with it by itself.

    Nobody stays signed in: a session that was ended since the backup must not come back to life. Raises
    DatabaseUnavailable, and BackupError when the file is no sound backup, with nothing changed.
    """
    with _opened(file) as found:
        try:
            if database.path and found.path:
                database.close()
                found.close()
                _put_back(found.path, database.path, at)
            else:
                database.upgrade()
                with found.reading() as session:
                    _copy_rows(session, database)
        except (OSError, sqlite3.Error) as error:
            raise BackupError(f"The database could not be written ({error}); it is as it was.") from error
    with database.writing() as session:
        session.execute(delete(StaffSession))


def is_in_use(database: Database) -> bool:
    """Say whether there is anything that a restore would take away; a database that cannot be read has nothing."""
    try:
        with database.reading() as session:
            return any(session.scalar(select(func.count()).select_from(table)) for table in (Account, Draft))
    except DatabaseUnavailable:
        return False


@contextmanager
def _appearing(file: Path) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            fresh = Path(folder) / "backup.db"
            fresh.touch(mode=0o600)
            yield fresh
            fresh.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"The backup {file} could not be written ({error}).") from error


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    """Open a copy of a backup, sound and brought up to date; the file itself stays as it is."""
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        copy = Path(folder) / "backup.db"
        try:
            shutil.copy(file, copy)
            with closing(sqlite3.connect(copy)) as connection:
                # Any other database would be brought up to date as well, and be empty.
                connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            found = Database(f"sqlite:///{copy}", copy.parent)
            found.upgrade()
        except (OSError, TypeError, sqlite3.Error, DatabaseUnavailable) as error:
            raise BackupError(
                f"{file} is no sound backup of this program, so nothing was changed ({error})."
            ) from error
        yield found
        found.close()


def _put_back(source: Path, target: Path, at: datetime) -> None:
    if _is_sound(target):
        _copy_file(source, target)
        return
    prepare_folder(target)
    set_aside(target, at)
    fresh = target.with_name(f".{target.name}.fresh")
    shutil.copy(source, fresh)
    fresh.replace(target)


def _copy_file(source: Path, target: Path) -> None:
    """Copy through SQLite itself, so that who has a file open sees the old data or the new, and nothing between."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as new:
        # Waits its turn and gives up in time, which SQLite's own copying would not.
        new.execute("BEGIN IMMEDIATE")
        new.rollback()
        old.backup(new)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError as error:
        # Held by another program: sound enough to be waited for.
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    except sqlite3.DatabaseError:
        return False


def set_aside(path: Path, at: datetime) -> None:
    """Rename a damaged database and the files that belong to it, so that somebody may still look at them."""
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if part.exists():
            part.replace(part.with_name(f"{part.name}.damaged-{at:%Y%m%d-%H%M%S}"))


def _copy_rows(session: Session, target: Database) -> None:
    """Replace every row of the target by the session's, all or none."""
    if session.get_bind().dialect.name == "postgresql":
        # Every table as it was at one moment.
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    tables = Base.metadata.sorted_tables
    with target.writing() as writing:
        for table in reversed(tables):
            writing.execute(delete(table))
        for table in tables:
            for rows in session.execute(select(table)).mappings().partitions(AT_A_TIME):
                writing.execute(insert(table), [dict(row) for row in rows])
        if not target.path:
            _count_on(writing)
    target.close()


def _count_on(session: Session) -> None:
    """Let PostgreSQL number new rows after those that were put in with their numbers."""
    for table in Base.metadata.sorted_tables:
        if table.autoincrement_column is not None:
            name, column = table.name, table.autoincrement_column.name
            last = f"SELECT max({column}) FROM {name}"  # noqa: S608 (names of our own tables)
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), coalesce(({last}), 1))"))
