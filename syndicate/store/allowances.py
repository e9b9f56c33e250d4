"""What servers said they take: a row for each channel."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from syndicate.store.tables import allowances
from syndicate.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceRow:
    """A row of ``allowances``."""

    channel: str
    server: str  # whose word it is
    read_at: datetime  # UTC
    record: str  # opaque here


def load_allowances(connection: Connection) -> dict[str, AllowanceRow]:
    """Give what is kept, by the names of channels."""
    rows = connection.execute(select(allowances)).mappings()
    return {row["channel"]: AllowanceRow(**row) for row in rows}


def keep_allowance(connection: Connection, row: AllowanceRow) -> None:
    """Keep what a server said in place of what it said before."""
    values = asdict(row)
    statement = insert_into(connection, allowances).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["channel"], set_=values)
    )
