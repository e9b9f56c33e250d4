"""Alerts that correct or retract others, what deliveries do, notes of corrections."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import NUMBER, UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them. What is there already says something new, and is about nothing else."""
    for name in ("corrects", "retracts", "thread"):
        op.add_column("alerts", sa.Column(name, NUMBER))
    _index("alerts", "thread")
    send = sa.text("'send'")
    op.add_column(
        "deliveries",
        sa.Column("act", sa.String(16), nullable=False, server_default=send),
    )
    op.add_column("deliveries", sa.Column("target_id", NUMBER))
    _index("deliveries", "target_id")
    op.create_table(
        "corrections",
        sa.Column("alert_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("corrected_at", UtcTime, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_identity", "corrections", ["identity"])


def _index(table: str, column: str) -> None:
    """Index the few rows that have it."""
    there = sa.column(column).is_not(None)
    op.create_index(
        f"ix_{table}_{column}",
        table,
        [column],
        sqlite_where=there,
        postgresql_where=there,
    )
