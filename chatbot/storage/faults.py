"""What a failing database means, in words for staff."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

NOTHING_LOST = "Visitors are answered all the same."
RESTORE = "Restore a backup: flask database restore FILE."
DAMAGED = f"The database is damaged. {RESTORE} {NOTHING_LOST}"
# where the file's name is not at hand
WORDS: Mapping[str, str] = {
    "locked": "Another program holds the database {name}. Try again in a moment.",
    "read-only": "The database {name} cannot be written to: check who owns the file and its folder.",
    "full": "The disk is full: the database {name} cannot grow. Nothing was saved.",
    "damaged": "The database {name} is damaged. " + RESTORE,
    "gone": "The database {name} has disappeared. " + RESTORE + " Or restart to begin with an empty one.",
    "unreadable": "The database {name} cannot be opened or read: check that the file and its folder are there.",
    "away": "The database server does not answer. Try again in a moment.",
}
SQLITE_KINDS: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
PRIMARY = 0xFF
# the part of SQLite's codes that says the kind


def kind_of(error: SQLAlchemyError) -> str:
    """Say what kind of fault an error of the database is."""
    original = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(original, sqlite3.Error):
        return SQLITE_KINDS.get(getattr(original, "sqlite_errorcode", 0) & PRIMARY, "unreadable")
    # Not its text: that may hold the address with its password.
    return "locked" if getattr(original, "sqlstate", None) in ("55P03", "57014") else "away"


def words_for(kind: str, url: URL) -> str:
    """Return the sentences that tell staff of a fault and what to do.

    Who is not signed in may read them, so there is neither folder nor password in them.
    """
    return f"{WORDS[kind].format(name=Path(url.database or '').name)} {NOTHING_LOST}"
