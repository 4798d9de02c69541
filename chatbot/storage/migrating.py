"""Brings a database's tables up to date, step by step, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from chatbot.errors import DatabaseUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
DONE = "alembic_version"
# alembic's own table; it holds the name of the last migration
LOCK_NUMBER = 7_201_126
# any number of our own; PostgreSQL's lock for "the tables are being changed"


def upgrade(connection: Connection) -> bool:
    """Run the migrations that are missing, within the caller's transaction; return whether there were any.

    Who comes second waits for the first and finds nothing left to do: on SQLite the caller's BEGIN IMMEDIATE sees to
    that, on PostgreSQL a lock that ends with the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
    if is_current(connection):
        return False
    _run(connection)
    return True


def is_current(connection: Connection) -> bool:
    """Say whether no migration is missing."""
    # Without alembic, which costs 0.1 s and 8 MB: mostly nothing is missing.
    if not inspect(connection).has_table(DONE):
        return False
    return connection.scalars(text(f"SELECT version_num FROM {DONE}")).all() == [newest()]  # noqa: S608


def newest() -> str:
    """Return the name of the last migration: each is named as its file, and the files are numbered."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("v*.py"))


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnavailable("The database was made by a newer version of this program: update it.") from error
