"""The first tables: accounts and what they did, drafts and history, and what visitors asked in vain."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0001_first"
down_revision = None

number, claim, text, raw = sa.Integer(), sa.Boolean(), sa.String(), sa.LargeBinary()
word, name, digest = sa.String(40), sa.String(200), sa.String(64)
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _articles()
    _questions()


def column(title: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column that must be filled, unless it is said otherwise."""
    return sa.Column(title, kind, nullable=nullable)


def _accounts() -> None:
    op.create_table(
        "accounts",
        column("id", number),
        column("name", name),
        column("role", word),
        column("password_hash", text),
        column("created_at", moment),
        column("password_changed_at", moment),
        column("disabled_at", moment, nullable=True),
        column("erased_at", moment, nullable=True),
        column("totp_secret", text, nullable=True),
        column("totp_step", number),
        column("recovery_codes", text),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "staff_sessions",
        column("token_hash", digest),
        column("account_id", number),
        column("created_at", moment),
        column("seen_at", moment),
        column("browser", name),
        column("message", text),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_staff_sessions_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
    )
    op.create_index("ix_staff_sessions_account_id", "staff_sessions", ["account_id"])
    op.create_table(
        "sign_in_tries",
        column("key", digest),
        column("wrong", number),
        column("last_at", moment),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_tries"),
    )
    op.create_table(
        "audit_lines",
        column("id", number),
        column("at", moment),
        column("account_id", number, nullable=True),
        column("action", word),
        column("subject", name),
        column("detail", text),
        column("before", digest),
        column("after", digest),
        column("seal", digest),
        sa.PrimaryKeyConstraint("id", name="pk_audit_lines"),
    )
    op.create_index("ix_audit_lines_at", "audit_lines", ["at"])
    head = op.create_table(
        "audit_head",
        column("id", number),
        column("first_id", number),
        column("last_id", number),
        column("start_seal", digest),
        column("last_seal", digest),
        column("seal", digest),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "first_id": 1, "last_id": 0, "start_seal": "", "last_seal": "", "seal": ""}])


def _articles() -> None:
    op.create_table(
        "drafts",
        column("id", number),
        column("slug", name),
        column("state", word),
        column("file_name", name),
        column("format", word),
        column("original", raw),
        column("source", text),
        column("base_checksum", digest),
        column("edits", number),
        column("author_id", number, nullable=True),
        column("note", text),
        column("created_at", moment),
        column("changed_at", moment),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name="fk_drafts_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_slug", "drafts", ["slug"])
    op.create_table(
        "reviews",
        column("id", number),
        column("draft_id", number),
        column("checksum", digest),
        column("reviewer_id", number, nullable=True),
        column("verdict", word),
        column("words", text),
        column("at", moment),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_reviews_draft_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["accounts.id"], name="fk_reviews_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_draft_id", "reviews", ["draft_id"])
    op.create_table(
        "revisions",
        column("id", number),
        column("slug", name),
        column("kind", word),
        column("source", text),
        column("checksum", digest),
        column("author_id", number, nullable=True),
        column("reviewer_id", number, nullable=True),
        column("publisher_id", number, nullable=True),
        column("why", text),
        column("at", moment),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name="fk_revisions_author_id"),
        sa.ForeignKeyConstraint(["publisher_id"], ["accounts.id"], name="fk_revisions_publisher_id"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["accounts.id"], name="fk_revisions_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_slug_at", "revisions", ["slug", "at"])
    op.create_table(
        "schedules",
        column("id", number),
        column("slug", name),
        column("action", word),
        column("draft_id", number, nullable=True),
        column("due_at", moment),
        column("ordered_by_id", number, nullable=True),
        column("why", text),
        column("done_at", moment, nullable=True),
        column("outcome", text),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_schedules_draft_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["accounts.id"], name="fk_schedules_ordered_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_due_at", "schedules", ["due_at"])
    op.create_table(
        "jobs",
        column("id", number),
        column("kind", word),
        column("state", word),
        column("done", number),
        column("total", number),
        column("message", text),
        column("input", raw),
        column("result", text),
        column("account_id", number, nullable=True),
        column("created_at", moment),
        column("changed_at", moment),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_jobs_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])


def _questions() -> None:
    op.create_table(
        "asked_texts",
        column("id", number),
        column("folded", name),
        column("text", text),
        column("verdict", word),
        column("asked_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_asked_texts"),
    )
    op.create_index("ix_asked_texts_asked_at", "asked_texts", ["asked_at"])
    op.create_index("ix_asked_texts_folded", "asked_texts", ["folded"])
    op.create_table(
        "feedback_counts",
        column("id", number),
        column("day", moment),
        column("passage", name),
        column("verdict", word),
        column("helpful", claim),
        column("reason", word),
        column("count", number),
        sa.PrimaryKeyConstraint("id", name="pk_feedback_counts"),
        sa.UniqueConstraint("day", "passage", "verdict", "helpful", "reason", name="uq_feedback_counts_day"),
    )
    op.create_table(
        "question_counts",
        column("id", number),
        column("hour", moment),
        column("category", word),
        column("verdict", word),
        column("slugs", text),
        column("band", word),
        column("language", word),
        column("length", word),
        column("count", number),
        sa.PrimaryKeyConstraint("id", name="pk_question_counts"),
        sa.UniqueConstraint(
            "hour", "category", "verdict", "slugs", "band", "language", "length", name="uq_question_counts_hour"
        ),
    )
    op.create_table(
        "suggestions",
        column("id", number),
        column("kind", word),
        column("slug", name),
        column("section", name),
        column("text", text),
        column("evidence", text),
        column("state", word),
        column("made_at", moment),
        column("decided_by_id", number, nullable=True),
        column("decided_at", moment, nullable=True),
        column("why", text),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name="fk_suggestions_decided_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
    )
    op.create_index("ix_suggestions_state", "suggestions", ["state"])
