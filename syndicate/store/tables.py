"""
What is remembered: one table per noun.

    post_tables.py     posts, what was made from them, who asked for that
    outbox_tables.py   what people are told: alerts, deliveries, attempts, the audit log
    channel_tables.py  channels and hubs

The same tables serve SQLite and PostgreSQL. A change there needs a migration
(``migrations/``) and a new ``NEWEST`` in ``migrate.py``; a test compares the two.
"""

from syndicate.store.channel_tables import (
    allowances,
    announcements,
    lanes,
    sessions,
    standings,
)
from syndicate.store.metadata import metadata
from syndicate.store.outbox_tables import (
    alerts,
    attempts,
    audit,
    deliveries,
    gates,
    switches,
)
from syndicate.store.post_tables import (
    archive,
    corrections,
    entries,
    pictures,
    polls,
    posts,
    texts,
    withdrawals,
)

__all__ = [
    "alerts",
    "allowances",
    "announcements",
    "archive",
    "attempts",
    "audit",
    "corrections",
    "deliveries",
    "entries",
    "gates",
    "lanes",
    "metadata",
    "pictures",
    "polls",
    "posts",
    "sessions",
    "standings",
    "switches",
    "texts",
    "withdrawals",
]
