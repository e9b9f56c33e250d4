"""
What is remembered of what people are told.

    alerts      decision to tell people
    deliveries  alert for one channel, and its revisions: the outbox
    gates       alert that waits for its post's page, and how long
    attempts    try at a delivery, written before its first byte leaves
    audit       transition, each row holding the hash of the one before
    switches    hold a person has put on sending
"""

from sqlalchemy import (
    Boolean,
    Column,
    Enum,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from syndicate.model import Act, DeliveryState
from syndicate.store.columns import NUMBER, UtcTime
from syndicate.store.metadata import metadata
from syndicate.store.partial import index_where

STATE = Enum(
    DeliveryState,
    name="state",
    native_enum=False,
    create_constraint=True,
    length=16,
    values_callable=lambda states: [state.value for state in states],
)

ACT = Enum(
    Act,
    name="act",
    native_enum=False,
    length=16,
    values_callable=lambda acts: [act.value for act in acts],
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("request_id", Text, unique=True),  # chosen by whoever asked
    Column("created_at", UtcTime, nullable=False),
    Column("identity", Text, index=True),  # the post's; none for free text
    Column("title", Text, nullable=False),
    Column("link", Text),
    Column("severity", String(16), nullable=False),
    Column("rule", Text),
    Column("who", Text, nullable=False),
    Column("not_after", UtcTime),
    Column("held", Text),  # why it waited for a person when it came
    Column("record", Text, nullable=False),  # all of the Alert, as JSON
    Column("is_ping", Boolean, nullable=False, server_default=false()),  # for hubs
    Column("corrects", NUMBER),  # number of the alert it puts right
    Column("retracts", NUMBER),  # number of the alert it takes back
    Column("thread", NUMBER),  # of either: number of the alert it all began with
    sqlite_autoincrement=True,  # a number once shown is never given to another
)

Index("ix_alerts_is_ping", alerts.c.is_ping, alerts.c.created_at)
index_where("ix_alerts_thread", alerts.c.thread, condition=alerts.c.thread.is_not(None))

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("alert_id", NUMBER, ForeignKey("alerts.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", STATE, nullable=False),
    Column("changed_at", UtcTime, nullable=False),  # when ``state`` last changed
    Column("priority", Integer, nullable=False),  # higher goes first
    Column("due_at", UtcTime, nullable=False),
    Column("not_after", UtcTime),
    # Frozen at enqueue, the same for every attempt
    Column("key", String(64), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("text", Text, nullable=False),  # what followers read
    # Who holds it
    Column("fence", Integer, nullable=False),  # raised by each claim
    Column("owner", Text),
    Column("lease_until", UtcTime),
    # What has come of it
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", UtcTime),
    Column("ambiguous", Boolean, nullable=False),  # some attempt may have arrived
    Column("key_until", UtcTime),  # an ambiguous one may use its key until then
    Column("remote_id", Text),
    Column("remote_url", Text),
    Column("last_error", Text),
    Column("looks", Integer, nullable=False, server_default=text("0")),  # after a doubt
    # What it does there, and to which delivery's message
    Column("act", ACT, nullable=False, server_default=text("'send'")),
    Column("target_id", NUMBER),
    Column("recipient", Text),  # where the channel has many
    UniqueConstraint("alert_id", "channel", "revision"),
    sqlite_autoincrement=True,
)

# In the order a lane takes them, so that it reads one row and not the whole backlog.
Index(
    "ix_deliveries_turn",
    deliveries.c.state,
    deliveries.c.channel,
    deliveries.c.priority.desc(),
    deliveries.c.due_at,
    deliveries.c.id,
)

index_where(
    "ix_deliveries_target_id",
    deliveries.c.target_id,
    condition=deliveries.c.target_id.is_not(None),
)

gates = Table(
    "gates",
    metadata,
    Column(
        "alert_id",
        NUMBER,
        ForeignKey("alerts.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("url", Text, nullable=False),  # what must answer 200
    Column("until", UtcTime, nullable=False),
    Column("goes_anyway", Boolean, nullable=False),  # else it is held for a person
    Column("settled_at", UtcTime, index=True),  # none: it is still shut
    Column("answer", Text, nullable=False),  # the last one, in a few words
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("delivery_id", NUMBER, ForeignKey("deliveries.id"), nullable=False),
    Column("number", Integer, nullable=False),  # counted from 1
    Column("fence", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("key", String(64), nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),  # none: no verdict came, or not yet
    Column("verdict", String(16)),
    Column("detail", Text),  # the error, or the remote id
    Column("late", Text),  # what still came after the verdict: only evidence
    UniqueConstraint("delivery_id", "number"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),  # no gaps
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),  # "delivery 12"
    Column("before", Text),
    Column("after", Text),
    Column("note", Text, nullable=False),
    Column("previous", String(64), nullable=False),  # hash of the row before
    Column("hash", String(64), nullable=False),
)

switches = Table(
    "switches",
    metadata,
    Column("name", Text, primary_key=True),  # "pause", "pause:desk-telegram"
    Column("is_on", Boolean, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
