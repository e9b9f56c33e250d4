"""The first tables: posts, alerts, deliveries, attempts, audit, switches."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from syndicate.store.columns import NUMBER, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATES = (
    "held queued sending sent in_doubt failed expired cancelled retracting retracted"
)


def upgrade() -> None:
    """Make them."""
    _posts()
    _alerts()
    _deliveries()
    _attempts()
    _audit()
    _switches()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("first_seen", UtcTime, nullable=False),
        sa.Column("gone_at", UtcTime),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published", UtcTime),
        sa.Column("updated", UtcTime),
        sa.Column("baseline", sa.Boolean, nullable=False),
        sa.Column("considered", sa.Boolean, nullable=False),
        sa.Column("marked", sa.Boolean, nullable=False),
        sa.Column("stat", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.UniqueConstraint("identity", name="uq_posts_identity"),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("request_id", sa.Text),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("identity", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("link", sa.Text),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("rule", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("not_after", UtcTime),
        sa.Column("held", sa.Text),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("request_id", name="uq_alerts_request_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_identity", "alerts", ["identity"])


def _deliveries() -> None:
    state = sa.Enum(
        *STATES.split(),
        name="state",
        native_enum=False,
        create_constraint=True,
        length=16,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("alert_id", NUMBER, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("not_after", UtcTime),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_progress(),
        *_apart(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_turn",
        "deliveries",
        ["state", "channel", sa.text("priority DESC"), "due_at", "id"],
    )


def _progress() -> list[sa.Column[Any]]:
    return [
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("lease_until", UtcTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_attempt_at", UtcTime),
        sa.Column("ambiguous", sa.Boolean, nullable=False),
        sa.Column("key_until", UtcTime),
        sa.Column("remote_id", sa.Text),
        sa.Column("remote_url", sa.Text),
        sa.Column("last_error", sa.Text),
    ]


def _apart() -> list[sa.Constraint]:
    """Keep an alert from being delivered twice to one channel."""
    return [
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_deliveries_alert_id"
        ),
        sa.UniqueConstraint(
            "alert_id",
            "channel",
            "revision",
            name="uq_deliveries_alert_id_channel_revision",
        ),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
    ]


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("delivery_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("started_at", UtcTime, nullable=False),
        sa.Column("ended_at", UtcTime),
        sa.Column("verdict", sa.String(16)),
        sa.Column("detail", sa.Text),
        sa.Column("late", sa.Text),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_attempts_delivery_id"
        ),
        sa.UniqueConstraint(
            "delivery_id", "number", name="uq_attempts_delivery_id_number"
        ),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _switches() -> None:
    op.create_table(
        "switches",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
