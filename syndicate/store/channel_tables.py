"""
What is remembered of channels, and of hubs.

    lanes          how long every node leaves it alone, and why
    sessions       tokens its platform handed out
    allowances     what its server said it takes
    standings      what its platform said of our credentials
    announcements  address a hub was told of, and how it read then
"""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from syndicate.store.columns import NUMBER, UtcTime
from syndicate.store.metadata import metadata

announcements = Table(
    "announcements",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("alert_id", NUMBER, ForeignKey("alerts.id")),  # none: known from the first
)

lanes = Table(
    "lanes",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("not_before", UtcTime),  # nothing leaves before
    Column("failures", Integer, nullable=False),  # in a row
    Column("spent_until", UtcTime),  # how far ahead its rate is used up
)

sessions = Table(
    "sessions",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("under", String(64), nullable=False),  # by which keys it was got
    Column("account", Text, nullable=False),
    Column("access", Text, nullable=False),  # a secret, like the next
    Column("refresh", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)

allowances = Table(
    "allowances",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("server", Text, nullable=False),  # its address: another may take less
    Column("read_at", UtcTime, nullable=False),
    Column("record", Text, nullable=False),  # opaque here
)

standings = Table(
    "standings",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("asked_at", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=True),  # NULL: never, or it does not say
    Column("record", Text, nullable=False),  # opaque here
)
