"""
Bringing a database up to date.

Alembic does it, and is imported only when there is something to do: a new database is
made as ``tables.py`` says, and one whose stamp is ``NEWEST`` opens as it is.
"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from syndicate.errors import StoreError
from syndicate.store.schema import statements
from syndicate.store.tables import metadata

NEWEST = "0012"
"""The newest revision in ``migrations/versions``; a test compares the two."""

VERSION = Table(
    "alembic_version",
    MetaData(),  # Alembic's own, and so none of ours
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

MIGRATIONS = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """
    Tell whether nothing is left to do.

    Raises:
        StoreError: A newer syndicate wrote it.
    """
    if not inspect(connection).has_table(VERSION.name):
        return False
    stamp = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if stamp is not None and stamp > NEWEST:
        raise StoreError(
            "the database was written by a newer syndicate (revision {stamp}, "
            "this one knows {newest}); update syndicate",
            stamp=str(stamp),
            newest=NEWEST,
        )
    return bool(stamp == NEWEST)


def upgrade(connection: Connection) -> None:
    """
    Bring it up to date, inside the caller's transaction.

    Two processes may come here at once; the second finds nothing left to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended('migrate', 0))")
        )
    if is_current(connection):
        return
    if inspect(connection).has_table(VERSION.name):
        run_migrations(connection)
    else:
        _make(connection)


def run_migrations(connection: Connection, *, until: str = "head") -> None:
    """Run the migrations that are missing, one after the other, up to a revision."""
    from alembic import command  # noqa: PLC0415, it takes longer than everything else
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, until)


def _make(connection: Connection) -> None:
    """Make the tables of a new database at once: a test holds that they are the same."""
    if connection.dialect.name == "sqlite":
        for statement in statements():
            connection.exec_driver_sql(statement)
        return
    metadata.create_all(connection)
    VERSION.create(connection)
    connection.execute(VERSION.insert().values(version_num=NEWEST))


def as_sql() -> str:
    """Give what ``schema.sql`` is to say: each table and index, and the stamp."""
    tables = [*metadata.sorted_tables, VERSION]
    made: list[DDLElement] = [CreateTable(table) for table in tables]
    for table in tables:
        indices = sorted(table.indexes, key=lambda index: str(index.name))
        made += [CreateIndex(index) for index in indices]
    said = [str(each.compile(dialect=sqlite.dialect())).strip() for each in made]
    said.append(f"INSERT INTO {VERSION.name} (version_num) VALUES ('{NEWEST}')")  # noqa: S608, a word of ours
    lines = "".join(f"{each};\n" for each in said).splitlines()
    return "\n".join([*map(str.rstrip, lines), ""])
