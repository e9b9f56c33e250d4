"""The migrations make what ``tables.py`` says, on both engines."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from syndicate.store.audit import append, verify
from syndicate.store.engine import Store, open_store
from syndicate.store.migrate import MIGRATIONS, NEWEST, VERSION, run_migrations
from syndicate.store.notes import Note
from syndicate.store.tables import metadata


def checks(connection: Connection) -> list[Any]:
    """What ``compare_metadata`` does not look at."""
    found = inspect(connection)
    return [
        (name, check["name"], check["sqltext"])
        for name in sorted(metadata.tables)
        for check in found.get_check_constraints(name)
    ]


def lines(connection: Connection) -> list[list[str]]:
    """Every table and index as SQLite keeps it; rules may stand in any order."""
    query = text("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE%' ORDER BY name")
    made = connection.scalars(query).all()
    # A column that was added later stands behind the one before, on its line.
    added = re.compile(r"\n|, (?=\w+ [A-Z]+\b)")
    return [sorted(line.strip(" ,\t") for line in added.split(sql)) for sql in made]


@pytest.fixture
def migrated(store_url: str, tmp_path: Path) -> Iterator[Store]:
    """Give a database that came all the way by migrations."""
    store = open_store(store_url, tmp_path)
    with store.begin() as connection:
        metadata.drop_all(connection)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP FUNCTION append_to_audit")
        VERSION.drop(connection)
        run_migrations(connection)
    yield store
    store.close()


def test_the_migrated_tables_are_the_tables(migrated: Store) -> None:
    with migrated.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        assert compare_metadata(context, metadata) == []


def test_the_migrated_rules_are_the_rules(migrated: Store) -> None:
    with migrated.begin() as connection:
        before = checks(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)

        assert checks(connection) == before
        assert len(before) > 0


def test_sqlite_tables_are_the_same_to_the_line(tmp_path: Path) -> None:
    store = open_store("sqlite:///a.db", tmp_path)
    with store.begin() as connection:
        made = lines(connection)
        metadata.drop_all(connection)
        VERSION.drop(connection)
        run_migrations(connection)

        assert lines(connection) == made
    store.close()


def test_the_newest_revision_is_known() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))

    assert scripts.get_current_head() == NEWEST


def test_a_log_that_came_by_migrations_is_written_on(migrated: Store) -> None:
    note = Note(at=datetime(2026, 3, 1, tzinfo=UTC), who="kim", what="a", subject="b")
    with migrated.begin() as connection:
        append(connection, note)

        assert verify(connection).rows == 1


def test_an_old_database_is_brought_up_to_date(reopen: Callable[[], Store]) -> None:
    with reopen().begin() as connection:
        metadata.drop_all(connection)
        VERSION.drop(connection)
        run_migrations(connection, until="0001")
    with reopen().read() as connection:
        stamp = connection.scalar(text("SELECT version_num FROM alembic_version"))

        assert inspect(connection).has_table("entries")
        assert stamp == NEWEST
