"""When texts were first seen; what was withdrawn; the documents of the archive."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "texts",
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("changed_at", UtcTime),
        sa.PrimaryKeyConstraint("identity", "digest", name="pk_texts"),
    )
    op.create_table(
        "withdrawals",
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("withdrawn_at", UtcTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("identity", name="pk_withdrawals"),
    )
    op.create_table(
        "archive",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("identities", sa.Text, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_archive"),
    )
