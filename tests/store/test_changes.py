from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from syndicate.store.changes import Changes, tell
from syndicate.store.engine import Store, open_store
from syndicate.store.rows import Switch
from syndicate.store.switches import flip

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(store: Store) -> None:
    switch = Switch(name="pause", is_on=True, changed_at=NOON, who="kim", reason="")
    with store.begin() as connection:
        flip(connection, switch)


@pytest.fixture
def changes(sqlite_store: Store) -> Iterator[Changes]:
    changes = Changes(sqlite_store)
    yield changes
    changes.close()


def test_the_first_look_finds_everything_new(changes: Changes) -> None:
    assert changes.seen()
    assert not changes.seen()


def test_what_another_process_commits_is_noticed_once(
    changes: Changes, sqlite_store: Store, tmp_path: Path
) -> None:
    changes.seen()
    other = open_store("sqlite:///syndicate.db", tmp_path)
    write(other)
    other.close()

    assert changes.seen()
    assert not changes.seen()


def test_what_this_process_commits_is_noticed_too(
    changes: Changes, sqlite_store: Store
) -> None:
    changes.seen()
    write(sqlite_store)

    assert changes.seen()


def test_a_look_that_fails_is_no_error(changes: Changes, tmp_path: Path) -> None:
    moved = tmp_path.rename(tmp_path.with_name("moved"))

    assert not changes.seen()

    moved.rename(tmp_path)

    assert changes.seen()


@pytest.fixture
def postgresql(schema: str) -> Iterator[Store]:
    store = open_store(schema, Path())
    yield store
    store.close()


@pytest.fixture
def listener(postgresql: Store) -> Iterator[Changes]:
    changes = Changes(postgresql)
    yield changes
    changes.close()


def test_postgresql_says_what_is_new_once(
    listener: Changes, postgresql: Store, schema: str
) -> None:
    assert listener.seen()
    assert not listener.seen()

    other = open_store(schema, Path())
    write(other)
    other.close()

    assert listener.seen(SECOND)
    assert not listener.seen()


def test_what_is_taken_back_is_not_told(listener: Changes, postgresql: Store) -> None:
    listener.seen()
    with postgresql.begin() as connection:
        tell(connection)
        connection.rollback()

    assert not listener.seen()


def test_who_was_cut_off_listens_again(listener: Changes, postgresql: Store) -> None:
    listener.seen()
    with postgresql.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        )

    assert not listener.seen(SECOND)
    assert not listener.seen(SECOND), "it rests for a second"
    assert listener.seen(), "what was said meanwhile was not heard"
