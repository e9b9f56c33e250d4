"""Whether the database is well, asked of both engines."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from syndicate.store.engine import Store, open_store
from syndicate.store.soundness import find_damage, server_time


def test_a_whole_database_has_no_damage(store: Store) -> None:
    with store.read() as connection:
        assert find_damage(connection) == ""


def test_damage_is_told_on_one_line(sqlite_file: Path) -> None:
    damaged = sqlite3.connect(sqlite_file)
    damaged.execute("CREATE TABLE kept (word TEXT)")
    damaged.execute("PRAGMA writable_schema = ON")
    damaged.execute(
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE kept (word TEXT NOT NULL)' "
        "WHERE name = 'kept'"
    )
    damaged.execute("INSERT INTO kept VALUES (NULL)")
    damaged.commit()
    damaged.close()
    store = open_store(f"sqlite:///{sqlite_file}", sqlite_file.parent)
    with store.read() as connection:
        damage = find_damage(connection)
    store.close()

    assert damage == "NULL value in kept.word"


def test_only_a_server_has_a_clock_of_its_own(store: Store) -> None:
    with store.read() as connection:
        first, second = server_time(connection), server_time(connection)

    assert (first is None) is bool(store.path)
    if first and second:
        assert second - first >= timedelta(0)
        assert first.utcoffset() == timedelta(0)
