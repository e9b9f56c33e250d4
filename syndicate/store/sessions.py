"""
Tokens that platforms handed out: a row for each channel.

They are secrets. No command shows them, and no audit row repeats them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from syndicate.store.tables import sessions
from syndicate.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A row of ``sessions``."""

    channel: str
    under: str  # SHA-256 of the keys of ``config.toml`` it was got by
    account: str
    access: str
    refresh: str
    changed_at: datetime


def load_session(connection: Connection, channel: str) -> SessionRow | None:
    """Give what is kept for a channel."""
    found = connection.execute(select(sessions).where(sessions.c.channel == channel))
    row = found.mappings().one_or_none()
    return SessionRow(**row) if row else None


def keep_session(connection: Connection, row: SessionRow) -> None:
    """Keep a session in place of the one before."""
    values = {name: getattr(row, name) for name in SessionRow.__slots__}
    statement = insert_into(connection, sessions).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["channel"], set_=values)
    )
