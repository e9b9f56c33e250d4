"""
Bringing a database up to date.

Alembic does it, and is imported only when there is something to do: a database whose
stamp is ``NEWEST`` opens without it.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from syndicate.errors import StoreError

NEWEST = "0002"
"""The newest revision in ``migrations/versions``; a test compares the two."""

MIGRATIONS = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """
    Tell whether nothing is left to do.

    Raises:
        StoreError: A newer syndicate wrote it.
    """
    if not inspect(connection).has_table("alembic_version"):
        return False
    stamp = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if stamp is not None and stamp > NEWEST:
        raise StoreError(
            f"the database was written by a newer syndicate (revision {stamp}, "
            f"this one knows {NEWEST}); update syndicate"
        )
    return bool(stamp == NEWEST)


def upgrade(connection: Connection) -> None:
    """
    Run the migrations that are missing, inside the caller's transaction.

    Two processes may come here at once; the second finds nothing left to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended('migrate', 0))")
        )
    if is_current(connection):
        return
    from alembic import command  # noqa: PLC0415, it takes longer than everything else
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
