"""Polls: how often readers ask for feeds."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import NUMBER

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "polls",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("requests", NUMBER, nullable=False),
        sa.Column("unmodified", NUMBER, nullable=False),
        sa.Column("deltas", NUMBER, nullable=False),
        sa.Column("size_bytes", NUMBER, nullable=False),
        sa.Column("subscribers", sa.Integer),
        sa.PrimaryKeyConstraint("day", "feed", "reader", name="pk_polls"),
    )
