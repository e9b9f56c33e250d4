"""Pictures: what they measure elsewhere. Gates: alerts that wait for their post's page."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import NUMBER, UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "pictures",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("checked_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("length", NUMBER),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.PrimaryKeyConstraint("url", name="pk_pictures"),
    )
    op.create_table(
        "gates",
        sa.Column("alert_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("goes_anyway", sa.Boolean, nullable=False),
        sa.Column("settled_at", UtcTime),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", name="pk_gates"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_gates_alert_id"),
    )
    op.create_index("ix_gates_settled_at", "gates", ["settled_at"])
