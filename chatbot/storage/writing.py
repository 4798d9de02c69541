"""Writing that means the same on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chatbot.storage.tables import Base


def insert_missing(session: Session, table: type[Base], **values: Any) -> None:
    """Add a row unless one with the same key is there already, whoever else does the same at this moment."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())
