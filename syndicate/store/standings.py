"""What platforms said of our credentials: a row for each channel."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from syndicate.store.tables import standings
from syndicate.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """A row of ``standings``."""

    channel: str
    asked_at: datetime  # UTC
    expires: datetime | None  # UTC; None: never, or the platform does not say
    record: str  # opaque here


def load_standings(connection: Connection) -> dict[str, StandingRow]:
    """Give what is kept, by the names of channels."""
    rows = connection.execute(select(standings)).mappings()
    return {row["channel"]: StandingRow(**row) for row in rows}


def find_ends(connection: Connection) -> dict[str, datetime]:
    """Give when credentials end, UTC, by the names of channels whose do."""
    s = standings.c
    found = select(s.channel, s.expires).where(s.expires.is_not(None))
    return dict(iter(connection.execute(found)))


def keep_standing(connection: Connection, row: StandingRow) -> None:
    """Keep what a platform said in place of what it said before."""
    values = asdict(row)
    statement = insert_into(connection, standings).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["channel"], set_=values)
    )


def forget_standings(connection: Connection, *, keep: Collection[str]) -> None:
    """Forget the word on all channels but some: those that are configured."""
    connection.execute(delete(standings).where(standings.c.channel.not_in(keep)))
