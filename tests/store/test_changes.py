from datetime import UTC, datetime
from pathlib import Path

from syndicate.store.changes import Changes
from syndicate.store.engine import Store, open_store
from syndicate.store.switches import Switch, flip

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(store: Store) -> None:
    switch = Switch(name="pause", is_on=True, changed_at=NOON, who="kim", reason="")
    with store.begin() as connection:
        flip(connection, switch)


def test_what_another_process_commits_is_noticed_once(
    sqlite_store: Store, tmp_path: Path
) -> None:
    other = open_store("sqlite:///syndicate.db", tmp_path)
    changes = Changes(sqlite_store)
    quiet = changes.seen()
    write(other)

    assert not quiet
    assert changes.seen()
    assert not changes.seen()

    changes.close()
    other.close()


def test_what_this_process_commits_is_noticed_too(sqlite_store: Store) -> None:
    changes = Changes(sqlite_store)
    write(sqlite_store)

    assert changes.seen()

    changes.close()


def test_a_look_that_fails_is_a_hint_and_not_an_error(sqlite_store: Store) -> None:
    changes = Changes(sqlite_store)
    changes.close()

    assert changes.seen()


def test_postgresql_gives_no_hints(schema: str) -> None:
    store = open_store(schema, Path())
    changes = Changes(store)
    write(store)

    assert not changes.seen()

    changes.close()
    store.close()
