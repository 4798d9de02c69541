"""What all tables share: their base, and columns that mean the same on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

from chatbot.errors import DatabaseUnavailable
from chatbot.storage.faults import DAMAGED


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone: SQLite keeps none, so it is stored as UTC and always handed out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone; use datetime.now(tz=UTC)")
        return value and value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        read = super().result_processor(dialect, coltype)

        def sound(value: Any) -> datetime | None:
            try:
                return read(value) if read else value
            except ValueError as error:
                # Flipped bytes in a row leave the file's structure whole, so SQLite itself finds nothing wrong.
                raise DatabaseUnavailable(DAMAGED) from error

        return sound

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Named, so that a later migration can drop or change a constraint on both databases.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment()}  # noqa: RUF012 (SQLAlchemy reads it by this name)


Number = Annotated[int, mapped_column(primary_key=True)]
# counted up by the database
Word = Annotated[str, mapped_column(String(40))]
# one of a few fixed words
Name = Annotated[str, mapped_column(String(200))]
# of an account, an article, a file
Digest = Annotated[str, mapped_column(String(64))]
# a SHA-256 in hexadecimal digits
