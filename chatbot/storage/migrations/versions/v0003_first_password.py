"""A password that an admin gave must be changed by its owner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0003_first_password"
down_revision = "v0002_publishing"


def upgrade() -> None:
    """Add a mark to the accounts."""
    op.add_column("accounts", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
