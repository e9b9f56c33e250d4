"""Hub pings and what hubs were told; the waits all nodes share; looks after a doubt."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import NUMBER, UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    no, none = sa.false(), sa.text("0")
    op.add_column(
        "alerts",
        sa.Column("is_ping", sa.Boolean, nullable=False, server_default=no),
    )
    op.create_index("ix_alerts_is_ping", "alerts", ["is_ping", "created_at"])
    op.add_column(
        "deliveries",
        sa.Column("looks", sa.Integer, nullable=False, server_default=none),
    )
    op.create_table(
        "announcements",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("alert_id", NUMBER),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_announcements"),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_announcements_alert_id"
        ),
    )
    op.create_table(
        "lanes",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("not_before", UtcTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("spent_until", UtcTime),
        sa.PrimaryKeyConstraint("channel", name="pk_lanes"),
    )
