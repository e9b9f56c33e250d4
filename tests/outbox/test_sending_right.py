import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from syndicate.errors import StoreError
from syndicate.outbox.file_right import FileRight, is_in_use
from syndicate.outbox.sending_right import (
    SendingRight,
    sending_right,
)
from syndicate.store.engine import Store, open_store

HOLDER = """
import sys
from pathlib import Path
from syndicate.outbox.sending_right import sending_right
from syndicate.store.engine import open_store
right = sending_right(open_store(sys.argv[1], Path(sys.argv[2])))
print(right.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def rights(reopen: Callable[[], Store]) -> Iterator[list[SendingRight]]:
    """Give two who want it, as two processes would."""
    rights = [sending_right(reopen()), sending_right(reopen())]
    yield rights
    for right in rights:
        right.release()


def test_one_at_a_time_has_it(rights: list[SendingRight]) -> None:
    one, other = rights

    assert one.acquire()
    assert not other.acquire()
    assert one.acquire()

    one.release()

    assert other.acquire()
    assert not one.acquire()


def test_giving_back_what_one_has_not_is_nothing(rights: list[SendingRight]) -> None:
    one, other = rights
    other.release()

    assert one.acquire()

    one.release()
    one.release()

    assert other.acquire()


def test_it_dies_with_its_process(
    store_url: str, reopen: Callable[[], Store], tmp_path: Path
) -> None:
    right = sending_right(reopen())
    command = [sys.executable, "-c", HOLDER, store_url, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not right.acquire()

        holder.kill()
        holder.wait()

    # PostgreSQL notices a moment later that nobody is there.
    assert any(right.acquire() for _ in range(10_000))

    right.release()


def test_a_database_is_in_use_while_somebody_has_the_right(tmp_path: Path) -> None:
    database = tmp_path / "syndicate.db"

    assert not is_in_use(database)
    assert list(tmp_path.iterdir()) == [], "it was only a question"

    right = FileRight(database)
    right.acquire()

    assert is_in_use(database)

    right.release()

    assert not is_in_use(database)


def test_a_folder_that_is_gone_is_named(sqlite_store: Store, tmp_path: Path) -> None:
    assert sqlite_store.path is not None
    tmp_path.rename(tmp_path.with_name("moved"))
    right = sending_right(sqlite_store)

    with pytest.raises(StoreError, match=r"syndicate\.db\.lock: cannot be opened"):
        right.acquire()

    tmp_path.with_name("moved").rename(tmp_path)


def test_a_session_that_died_is_noticed_and_can_be_had_again(schema: str) -> None:
    store = open_store(schema, Path())
    right = sending_right(store)
    assert right.acquire()
    with store.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database "
                "= (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )

    with pytest.raises(StoreError, match="database"):
        right.acquire()
    assert right.acquire()

    right.release()
    store.close()
