"""Whether the database itself is well: its file whole, its clock like ours."""

from datetime import datetime

from sqlalchemy import Connection, func, select, text


def find_damage(connection: Connection) -> str:
    """
    Give what SQLite finds wrong with its file, on one line; empty: nothing.

    A server looks after its own: that it answers is all that is asked of it.

    Raises:
        StoreError: It does not answer, or its file cannot be read at all.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT 1"))
        return ""
    first = str(connection.scalar(text("PRAGMA integrity_check(1)")))
    return "" if first == "ok" else " ".join(first.split())


def server_time(connection: Connection) -> datetime | None:
    """Give the time by the server's clock, UTC; ``None``: SQLite has only ours."""
    if connection.dialect.name == "sqlite":
        return None
    time: datetime | None = connection.scalar(select(func.clock_timestamp()))
    return time
