"""``INSERT … ON CONFLICT``, which both engines spell alike and SQLAlchemy keeps apart."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> "Insert":
    """Give an insert that knows ``on_conflict_do_update`` and ``…_do_nothing``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    # A tenth of a second that a start on SQLite does not owe.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)
