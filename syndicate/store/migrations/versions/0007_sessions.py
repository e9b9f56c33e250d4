"""Sessions: the tokens that platforms handed to channels."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sessions",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("under", sa.String(64), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("access", sa.Text, nullable=False),
        sa.Column("refresh", sa.Text, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_sessions"),
    )
