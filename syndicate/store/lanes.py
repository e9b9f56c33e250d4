"""How long every node leaves a channel alone: what it asked for, failures, its rate."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select, update

from syndicate.store.tables import lanes
from syndicate.store.upsert import insert_into

WAITING = select(lanes.c.channel).where(
    lanes.c.channel == bindparam("channel"),
    lanes.c.not_before > bindparam("now"),
    # Written later than now: the clock was turned back, and the wait means nothing.
    lanes.c.changed_at <= bindparam("now"),
)
"""The channel, where it is to be left alone now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """A row of ``lanes``. Times are UTC."""

    channel: str
    changed_at: datetime
    not_before: datetime | None = None  # nothing leaves before
    failures: int = 0  # in a row
    spent_until: datetime | None = None  # how far ahead its rate is used up


def load_lane(connection: Connection, channel: str, *, now: datetime) -> LaneRow:
    """Give a channel's row, locked: one node at a time decides what leaves."""
    name = {"channel": channel}
    row = connection.execute(_ONE, name).mappings().one_or_none()
    if row is None:
        values = asdict(LaneRow(channel=channel, changed_at=now))
        insert = insert_into(connection, lanes).values(values)
        connection.execute(insert.on_conflict_do_nothing())
        row = connection.execute(_ONE, name).mappings().one()
    return LaneRow(**row)


def save_lane(connection: Connection, row: LaneRow) -> None:
    """Write a channel's row."""
    values = asdict(row)
    insert = insert_into(connection, lanes).values(values)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["channel"], set_=values)
    )


def wait_of(connection: Connection, channel: str, *, now: datetime) -> datetime | None:
    """Give the time a channel is to be left alone until, where that is to come."""
    until = select(lanes.c.not_before).where(lanes.c.channel.in_(WAITING))
    moment: datetime | None = connection.scalar(until, {"channel": channel, "now": now})
    return moment


def load_rests(connection: Connection) -> Mapping[str, LaneRow]:
    """Give the rows of channels that failed lately or are left alone, by name."""
    resting = or_(lanes.c.failures > 0, lanes.c.not_before.is_not(None))
    rows = connection.execute(select(lanes).where(resting)).mappings()
    return {row["channel"]: LaneRow(**row) for row in rows}


def clear_waits(connection: Connection, channel: str | None) -> None:
    """Forget waits and failures, of one channel or of all: a person says so."""
    clean = update(lanes).values(not_before=None, failures=0)
    if channel is not None:
        clean = clean.where(lanes.c.channel == channel)
    connection.execute(clean)


def clear_failures(connection: Connection, names: Sequence[str]) -> None:
    """Note that several are well, locking those alone that had failures."""
    connection.execute(_WELL, {"names": list(names)})


# Built once: every claim asks for it.
_ONE = select(lanes).where(lanes.c.channel == bindparam("channel")).with_for_update()
_WELL = (
    update(lanes)
    .where(
        lanes.c.channel.in_(bindparam("names", expanding=True)), lanes.c.failures > 0
    )
    .values(failures=0)
)
