"""Allowances: what servers said they take."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "allowances",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("server", sa.Text, nullable=False),
        sa.Column("read_at", UtcTime, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_allowances"),
    )
