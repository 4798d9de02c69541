"""Publishing: steps that have begun, who wrote a draft's words, where a revision's file stands."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0002_publishing"
down_revision = "v0001_first"

number, text = sa.Integer(), sa.String()
word, name, digest = sa.String(40), sa.String(200), sa.String(64)


def upgrade() -> None:
    """Add what publishing needs; what is there stays as it is."""
    _filled("drafts", "editors", text)
    _filled("revisions", "path", name)
    _filled("schedules", "override", text)
    people = [f"{who}_id" for who in ("author", "publisher", "reviewer")]
    op.create_table(
        "publications",
        sa.Column("id", number, nullable=False),
        *(sa.Column(title, word if title == "kind" else name, nullable=False) for title in ("slug", "kind", "path")),
        sa.Column("source", text, nullable=False),
        *(sa.Column(title, digest, nullable=False) for title in ("before", "after")),
        *(sa.Column(title, number, nullable=True) for title in ("draft_id", "schedule_id", *people)),
        sa.Column("why", text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(_reference(title, "accounts") for title in people),
        _reference("draft_id", "drafts", ondelete="SET NULL"),
        _reference("schedule_id", "schedules", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )


def _filled(table: str, title: str, kind: Any) -> None:
    # Its default stays in the table: to take it away SQLite would drop the table and build it anew, and that deletes
    # every row elsewhere that refers to it with ON DELETE CASCADE.
    op.add_column(table, sa.Column(title, kind, nullable=False, server_default=""))


def _reference(title: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([title], [f"{table}.id"], name=f"fk_publications_{title}", ondelete=ondelete)
