"""The staff's data: opened when it is first needed, and never on the way of a visitor's answer."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, text
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from chatbot.errors import DatabaseUnavailable
from chatbot.storage import migrating
from chatbot.storage.engine import database_url, make_engine
from chatbot.storage.faults import NOTHING_LOST, kind_of, words_for
from chatbot.storage.files import FileMark, file_mark, prepare_folder, start_lock

__all__ = ["Database", "Session", "State"]
# Session is here for those who may not import SQLAlchemy, and only pass it on

State = Literal["unopened", "ready", "failing"]
RETRY_SECONDS = 3
# between two attempts to open what could not be opened
OUR_FAULT = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
# of a statement, not of the database


class Database:
    """Hands out sessions; whatever the database does, callers get DatabaseUnavailable with words for staff."""

    def __init__(self, address: str, instance: Path) -> None:
        self.url = database_url(address, instance)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._opened_in: int | None = None
        self._mark: FileMark | None = None
        self._log_mark: FileMark | None = None
        self._problem = ""
        self._failed_at = float("-inf")

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return Path(self.url.database or "") if self.is_sqlite else None

    @property
    def state(self) -> State:
        """How it was when it was last used; looks at nothing."""
        return "failing" if self._problem else "ready" if self._engine else "unopened"

    @property
    def problem(self) -> str:
        """Why it cannot be used, in words for staff; empty while it can."""
        return self._problem

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session to read with; what is changed in it is forgotten. Raises DatabaseUnavailable."""
        with self._session(writing=False) as session:
            # Closed, not rolled back: what was read stays readable after the block.
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes are kept when the block ends well, all or none. Raises DatabaseUnavailable.

        Keep it short: on SQLite nobody else can write meanwhile.
        """
        with self._session(writing=True) as session:
            yield session
            session.commit()

    def upgrade(self) -> bool:
        """Run the migrations that are missing; return whether there were any. Raises DatabaseUnavailable."""
        with self._opening, self._told():
            self.close()
            return self._open(migrate=True)

    def settle(self) -> None:
        """Take what was deleted off the disk: SQLite keeps old pages in its log until that is emptied."""
        if self.is_sqlite and self._engine is not None:
            with (
                suppress(sqlite3.Error, DatabaseUnavailable),
                self._told(),
                closing(self._ready().raw_connection()) as line,
            ):
                line.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections; the next use opens it again."""
        engine, self._engine = self._engine, None
        if engine is not None:
            # Connections made before a fork belong to the parent process.
            engine.dispose(close=self._opened_in == os.getpid())

    @contextmanager
    def _session(self, *, writing: bool) -> Iterator[Session]:
        with self._told():
            engine = self._ready()
            with Session(engine.execution_options(writing=writing), expire_on_commit=False) as session:
                yield session
            self._problem = ""

    def _ready(self) -> Engine:
        with self._opening:
            if self._engine is not None and self._opened_in == os.getpid() and self._is_same_file():
                return self._engine
            if self._problem and time.monotonic() - self._failed_at < RETRY_SECONDS:
                raise DatabaseUnavailable(self._problem)
            self.close()
            # Looking through a whole file costs time, so what could not be opened is not tried at every request.
            before, self._failed_at = self._failed_at, time.monotonic()
            self._open(migrate=self.is_sqlite)
            self._failed_at = before
            assert self._engine is not None  # noqa: S101
            return self._engine

    def _is_same_file(self) -> bool:
        """Say whether what is open still lies where others look for it: a deleted file goes on taking writes."""
        if self.path is None:
            return True
        log = file_mark(self.path.with_name(f"{self.path.name}-wal"))
        self._log_mark = self._log_mark or log
        return file_mark(self.path) == self._mark and log == self._log_mark

    def _open(self, *, migrate: bool) -> bool:
        engine = make_engine(self.url)
        try:
            changed = self._open_file(engine, self.path) if self.path else self._open_server(engine, migrate=migrate)
        except BaseException:
            engine.dispose()
            raise
        self._engine, self._opened_in = engine, os.getpid()
        return changed

    def _open_server(self, engine: Engine, *, migrate: bool) -> bool:
        with engine.begin() as connection:
            changed = migrate and migrating.upgrade(connection)
            if not migrating.is_current(connection):
                raise DatabaseUnavailable(
                    f"The database's tables are not up to date: run flask database upgrade. {NOTHING_LOST}"
                )
        return changed

    def _open_file(self, engine: Engine, path: Path) -> bool:
        if self._mark is not None and not path.exists():
            raise DatabaseUnavailable(words_for("gone", self.url))
        prepare_folder(path)
        with start_lock(path), engine.execution_options(writing=True, migrating=True).begin() as connection:
            check = text(
                "SELECT integrity_check FROM pragma_integrity_check(1) UNION SELECT 'x' FROM pragma_foreign_key_check"
            )
            if connection.scalars(check).all() != ["ok"]:
                raise DatabaseUnavailable(words_for("damaged", self.url))
            changed = migrating.upgrade(connection)
        # The next connections look after references between tables again.
        engine.dispose()
        path.chmod(0o600)
        self._mark, self._log_mark = file_mark(path), None
        return changed

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn every failure of the database into DatabaseUnavailable, and remember it."""
        try:
            yield
        except DatabaseUnavailable as error:
            self._problem = str(error)
            raise
        except OUR_FAULT:
            raise
        except (DatabaseError, InterfaceError, PoolTimeout) as error:
            kind = kind_of(error)
            if kind in ("damaged", "unreadable"):
                # The next use opens it afresh and looks whether it is sound.
                self.close()
            self._problem = words_for(kind, self.url)
            raise DatabaseUnavailable(self._problem) from error
