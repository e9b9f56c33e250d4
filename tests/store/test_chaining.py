from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunningError
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from syndicate.store.audit import append, verify
from syndicate.store.chaining import APPEND_TO_AUDIT
from syndicate.store.engine import Store, open_store
from syndicate.store.locks import AUDIT, take_turn
from syndicate.store.notes import Note

NOTE = Note(
    at=datetime(2026, 3, 1, 12, tzinfo=UTC), who="김", what="a", subject="alert 1"
)


def add(store: Store) -> int:
    with store.begin() as connection:
        append(connection, NOTE, NOTE)
        return verify(connection).rows


def test_migrations_make_the_function_that_new_databases_get() -> None:
    made = import_module("syndicate.store.migrations.versions.0012_appending")

    assert made.APPEND_TO_AUDIT == APPEND_TO_AUDIT


def test_who_has_the_turn_keeps_others_from_the_end(
    reopen: Callable[[], Store],
) -> None:
    first, second = reopen(), reopen()
    with ThreadPoolExecutor(1) as pool:
        with first.begin() as connection:
            take_turn(connection, AUDIT)
            waiting = pool.submit(add, second)

            with pytest.raises(StillRunningError):
                waiting.result(0.1)

            append(connection, NOTE)
        assert waiting.result(10) == 3

    with first.read() as connection:
        assert verify(connection).is_whole


def test_the_logs_of_two_schemas_do_not_wait_for_each_other(
    shared_postgresql: Store, schema: str, tmp_path: Path
) -> None:
    other = open_store(schema, tmp_path)
    with shared_postgresql.begin() as connection:
        take_turn(connection, AUDIT)

        assert add(other) == 2
    other.close()
