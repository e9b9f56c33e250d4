"""A database file that goes away under a running process is said, not written to."""

import shutil
from pathlib import Path

import pytest

from syndicate.errors import StoreError
from syndicate.store.engine import Store, open_store

GONE = "the file was deleted or replaced while in use"


def test_a_file_that_was_deleted_is_noticed(sqlite_store: Store) -> None:
    assert sqlite_store.path
    sqlite_store.path.unlink()

    with pytest.raises(StoreError, match=GONE), sqlite_store.begin():
        pytest.fail("it would be written to nobody")
    with pytest.raises(StoreError, match=GONE), sqlite_store.read():
        pytest.fail("it would be read from nowhere")
    assert not sqlite_store.path.exists()


def test_a_file_that_was_replaced_is_noticed(sqlite_store: Store, blank: Path) -> None:
    assert sqlite_store.path
    other = sqlite_store.path.with_name("other.db")
    shutil.copy(blank, other)
    other.replace(sqlite_store.path)

    with pytest.raises(StoreError, match=GONE), sqlite_store.begin():
        pytest.fail("another file")


def test_a_file_that_is_new_is_no_stranger(tmp_path: Path) -> None:
    store = open_store("sqlite:///new.db", tmp_path)
    with store.begin(), store.read():
        pass
    store.close()
