"""
How often readers ask for feeds: a row for each day, feed and reader.

Rows are added up, so any number of daemons may write them.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, select

from syndicate.store.tables import polls
from syndicate.store.upsert import insert_into

SUMS = ("requests", "unmodified", "deltas", "size_bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one reader asked of one feed on one day (UTC)."""

    day: str  # "2026-01-31"
    feed: str  # relative to the folder of feeds
    reader: str
    requests: int
    unmodified: int  # of those, answered with 304
    deltas: int  # answered with 226
    size_bytes: int  # of bodies sent
    subscribers: int | None  # as it announced last


def add_polls(connection: Connection, counted: Iterable[Poll]) -> None:
    """Add what was counted to what is there."""
    insert = insert_into(connection, polls)
    fresh, old = insert.excluded, polls.c
    summed = {name: old[name] + fresh[name] for name in SUMS}
    announced = func.coalesce(fresh.subscribers, old.subscribers)
    statement = insert.on_conflict_do_update(
        index_elements=["day", "feed", "reader"],
        set_=summed | {"subscribers": announced},
    )
    # In one order everywhere: two daemons that wait for each other's rows would stop.
    ordered = sorted(counted, key=lambda each: (each.day, each.feed, each.reader))
    if rows := [asdict(each) for each in ordered]:
        connection.execute(statement, rows)


def load_polls(connection: Connection, *, since: date) -> list[Poll]:
    """Give the rows of a day and of those after it, by day, feed and reader."""
    rows = connection.execute(
        select(polls)
        .where(polls.c.day >= since.isoformat())
        .order_by(polls.c.day, polls.c.feed, polls.c.reader)
    )
    return [Poll(**row) for row in rows.mappings()]


def forget_polls(connection: Connection, *, before: date) -> None:
    """Remove the rows of the days before one."""
    connection.execute(delete(polls).where(polls.c.day < before.isoformat()))
