"""
What is remembered, in SQLite or PostgreSQL. One module of queries for each noun.

The database:

    engine      opened, brought up to date, handed out one transaction at a time
    sqlite, sqlite_driver, postgresql, locks
                what is particular to each engine
    tables      every table; defined in post_tables, outbox_tables, channel_tables
    metadata, columns, times, partial, upsert
                what both engines must agree on
    migrate, schema, founding
                migrations (with ``migrations/``); a new SQLite file needs none
    driving     statements by the driver's own means, where they must be fast
    failures    what a driver's error means
    changes     what others have written
    soundness   whether the database itself is well
    transfer    from one database to another
    forgetting  what is old, a few rows at a time

What a newsroom remembers:

    records     all it asks, as a protocol; stored: of a database that is there
    rows        the values that go in and come back
    posts, texts, entries, archive, pictures
                posts, what they said before, their renderings, closed documents
    withdrawals, corrections
                what was taken back, or put right

What the outbox remembers:

    alerts, deliveries, attempts, gates
                one row each, as they happen
    filing      an alert and its deliveries, at once
    turns, leases, lanes
                whose turn it is, who holds what, how long a channel rests
    threads     alerts with those that correct them
    switches    pauses
    lateness, spending
                how late it is; what it cost

The audit log:

    notes       its rows; audit adds them, chaining on PostgreSQL
    agreeing    whether the ledger says the same
    cutting     its oldest rows, cut so that the rest verifies

What others said: announcements (hubs), allowances and standings (platforms), sessions
(their tokens), polls (readers).
"""
