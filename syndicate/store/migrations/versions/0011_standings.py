"""Standings: what platforms said of our credentials."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "standings",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("expires", UtcTime, nullable=True),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_standings"),
    )
