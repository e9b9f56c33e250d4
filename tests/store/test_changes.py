from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.store.changes import Changes
from syndicate.store.engine import Store, open_store
from syndicate.store.switches import Switch, flip

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


def test_postgresql_gives_no_hints(schema: str) -> None:
    store = open_store(schema, Path())
    changes = Changes(store)
    write(store)

    assert not changes.seen()

    changes.close()
    store.close()
