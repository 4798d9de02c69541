"""Writing that means the same on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chatbot.storage.tables import Base


def insert_missing(session: Session, table: type[Base], **values: Any) -> None:
    """Add a row unless one with the same key is there already, whoever else does the same at this moment."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())


def add_to_count(session: Session, table: type[Base], key: Mapping[str, Any], count: int) -> None:
    """Add to the row's `count`, or make the row; `key` names every column of the table's unique constraint."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(table).values(**key, count=count)
    more = {"count": table.__table__.c["count"] + row.excluded["count"]}
    session.execute(row.on_conflict_do_update(index_elements=list(key), set_=more))
