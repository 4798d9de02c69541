"""Brings a database's tables up to date, step by step, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from chatbot.errors import DatabaseUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
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
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnavailable("The database was made by a newer version of this program: update it.") from error
    return True


def is_current(connection: Connection) -> bool:
    """Say whether no migration is missing."""
    done = MigrationContext.configure(connection).get_current_heads()
    return set(done) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
