"""
What PostgreSQL's processes wait for by name, where no row stands for it.

On SQLite nobody waits: one writes at a time, and one process sends.
"""

from sqlalchemy import Connection


def key_of(name: str) -> str:
    """Write the number of a lock, as SQL: of its name, in the schema we work in."""
    return f"hashtextextended(current_schema() || ' {name}', 0)"


ALERT = key_of("alert")  # who files alerts about posts
AUDIT = key_of("audit")  # who adds to the end of the log
SENDING = key_of("sending")  # the daemon that leads


def take_turn(connection: Connection, key: str) -> None:
    """Have what a lock stands for to ourselves until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({key})")
