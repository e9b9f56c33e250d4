"""Opening a database, and what is said when that fails."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from syndicate.errors import SetupError, StoreError
from syndicate.store import switches
from syndicate.store.engine import Store, open_store
from syndicate.store.failures import plainly
from syndicate.store.rows import Switch
from syndicate.store.sqlite import make_engine, turns

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAUSE = Switch(name="pause", is_on=True, changed_at=NOON, who="kim", reason="")
FILE = "sqlite:///syndicate.db"


def pause(store: Store) -> None:
    with store.begin() as connection:
        switches.flip(connection, PAUSE)


def pauses(store: Store) -> int:
    with store.read() as connection:
        return len(switches.load_switches(connection))


def test_a_relative_file_lies_beside_the_configuration(tmp_path: Path) -> None:
    open_store("sqlite:///a.db", tmp_path).close()

    assert (tmp_path / "a.db").stat().st_size > 0


def test_an_absolute_file_lies_where_it_says(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/a.db", Path("/nowhere"))
    store.close()

    assert store.path == tmp_path / "a.db"
    assert store.place == f"{tmp_path}/a.db"


def test_what_was_committed_is_there_after_opening_again(
    reopen: Callable[[], Store],
) -> None:
    first = reopen()
    pause(first)
    first.close()

    assert pauses(reopen()) == 1


def test_two_who_open_a_new_database_at_once_both_succeed(
    store_url: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as pool:
        stores = list(pool.map(lambda _: open_store(store_url, tmp_path), range(2)))
    pause(stores[0])

    assert pauses(stores[1]) == 1

    for store in stores:
        store.close()


def test_sqlite_is_set_to_lose_nothing_with_the_power(sqlite_store: Store) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with sqlite_store.begin() as connection:
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in asked]

    assert found == ["wal", 2, 1, 5000]


def test_each_transaction_is_what_it_says_whatever_is_usual_on_the_server(
    schema: str,
) -> None:
    usual = f"{schema}%20-cdefault_transaction_isolation%3Dserializable"
    store = open_store(usual, Path())
    asked = text("SHOW transaction_isolation")
    found = []
    for entering in (store.begin, store.alone, store.read, store.alone):
        with entering() as connection:
            found.append(connection.scalar(asked))
    store.close()

    assert found == [
        "read committed",
        "read committed",
        "repeatable read",
        "read committed",
    ]


def test_postgresql_answers_a_commit_when_it_is_on_disk(schema: str) -> None:
    careless = f"{schema}%20-csynchronous_commit%3Doff"
    store = open_store(careless, Path())
    with store.begin() as connection:
        found = connection.scalar(text("SHOW synchronous_commit"))
    store.close()

    assert found == "on"


def test_writing_while_reading_is_refused_by_postgresql(schema: str) -> None:
    store = open_store(schema, Path())
    with pytest.raises(StoreError, match="read-only"), store.read() as connection:
        switches.flip(connection, PAUSE)
    store.close()


def test_a_database_is_made_and_opened_without_what_others_need(tmp_path: Path) -> None:
    """Importing Alembic takes longer than everything else."""
    program = (
        "import sys; from pathlib import Path;"
        "from syndicate.store.engine import open_store;"
        f"open_store('{FILE}', Path({str(tmp_path)!r}));"
        "others = {'alembic', 'sqlalchemy.dialects.postgresql'};"
        "sys.exit(not others.isdisjoint(sys.modules))"
    )

    subprocess.run([sys.executable, "-c", program], check=True)  # it is new
    subprocess.run([sys.executable, "-c", program], check=True)  # it is there


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "no address"),
        ("syndicate.db", "no address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:a.db?uri=true", "names no file"),
        ("sqlite:///a.db?mode=ro", "names no file"),
        ("sqlite:///missing/a.db", "make it"),
        ("sqlite:///.", "a folder, not a file"),
        ("mysql://root@localhost/a", '"mysql" is not known'),
        ("postgresql+asyncpg://localhost/a", '"postgresql\\+asyncpg" is not known'),
        ("postgresql://localhost:port/a", "no address"),
    ],
)
def test_an_address_that_cannot_be_is_explained(
    url: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(url, tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kim:geheim@127.0.0.1:1/a",
        "postgresql+psycopg://kim:geheim@127.0.0.1:1/a",
        "postgresql://kim:geheim@127.0.0.1:x/a",
        "mysql://kim:geheim@127.0.0.1/a",
    ],
)
def test_no_error_shows_a_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as raised:
        open_store(url, tmp_path)

    assert "geheim" not in f"{raised.value} {raised.value.__cause__}"


def test_a_server_out_of_reach_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"127.0.0.1:1/a: .*no connection"):
        open_store("postgresql://127.0.0.1:1/a", tmp_path)


def test_a_database_that_does_not_exist_is_named(postgres: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match='"nowhere" does not exist'):
        open_store(postgres.replace("@/postgres", "@/nowhere"), tmp_path)


def test_a_missing_driver_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"syndicate\[postgresql\]"):
        open_store("postgresql://127.0.0.1:1/a", tmp_path)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "syndicate.db"
    letter.write_text("Dear Kim, " * 100)
    with pytest.raises(StoreError, match="not a SQLite database") as raised:
        open_store(FILE, tmp_path)

    assert isinstance(raised.value.__cause__, sqlite3.Error)
    assert letter.read_text().startswith("Dear Kim")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    open_store(FILE, tmp_path).close()
    path = tmp_path / "syndicate.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    with pytest.raises(StoreError, match="damaged; restore it"):
        pause(open_store(FILE, tmp_path))


def test_a_database_of_a_newer_version_is_left_alone(
    reopen: Callable[[], Store],
) -> None:
    with reopen().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match=r"newer syndicate \(revision 9999"):
        reopen()


def test_a_full_disk_is_named_and_nothing_is_kept(sqlite_store: Store) -> None:
    def fill() -> None:
        with sqlite_store.begin() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))
            for number in range(1000):
                name = f"{number} " + "x" * 4000
                switches.flip(connection, replace(PAUSE, name=name))

    with pytest.raises(StoreError, match="disk is full") as raised:
        fill()

    assert isinstance(raised.value, SetupError)
    assert pauses(sqlite_store) == 0


def test_a_database_that_may_not_be_written_is_named(sqlite_store: Store) -> None:
    def write() -> None:
        with sqlite_store.read() as connection:
            connection.execute(text("PRAGMA query_only = 1"))
            switches.flip(connection, PAUSE)

    with pytest.raises(StoreError, match="may not be written"):
        write()


def test_a_locked_database_is_named(sqlite_store: Store) -> None:
    """A reader that begins to write after somebody else has is refused at once."""

    def write_late() -> None:
        with sqlite_store.read() as connection:
            switches.load_switches(connection)
            pause(sqlite_store)
            switches.flip(connection, PAUSE)

    with pytest.raises(StoreError, match="another program keeps it locked"):
        write_late()


def test_a_disk_that_cannot_do_what_sqlite_needs_is_named() -> None:
    """Memory cannot either."""
    engine = make_engine(Path(":memory:"))
    with pytest.raises(StoreError, match="use a local one"):
        engine.connect()


def test_waiting_for_a_connection_in_vain_is_named() -> None:
    with pytest.raises(StoreError, match="a: every connection"), plainly("a"):
        raise PoolTimeoutError


def test_a_closed_store_opens_again_when_it_is_used(store: Store) -> None:
    pause(store)
    store.close()

    assert pauses(store) == 1


def test_waiting_for_ones_turn_in_vain_is_named() -> None:
    """Five seconds is what SQLite itself would wait for another process."""
    turn = turns(patience_seconds=0.01)
    with turn(), pytest.raises(StoreError, match="kept the database busy"), turn():
        pass


def test_a_new_file_in_another_programs_hands_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "syndicate.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE theirs (a)")
    with ThreadPoolExecutor() as pool:
        opening = pool.submit(open_store, FILE, tmp_path)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.1)
        other.execute("COMMIT")
        store = opening.result()
    other.close()
    pause(store)

    assert pauses(store) == 1

    store.close()


def test_a_connection_the_server_has_ended_is_replaced_unnoticed(schema: str) -> None:
    store, other = open_store(schema, Path()), open_store(schema, Path())
    with store.begin() as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
    with other.begin() as connection:
        ended = text("SELECT pg_terminate_backend(:number, 5000)")
        assert connection.scalar(ended, {"number": number})

    with store.begin() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != number

    store.close()
    other.close()


def test_after_reading_a_connection_writes_as_any_other(schema: str) -> None:
    store = open_store(schema, Path())
    with store.read() as connection:
        assert (
            connection.scalar(text("SHOW transaction_isolation")) == "repeatable read"
        )
    with store.begin() as connection:
        assert connection.scalar(text("SHOW transaction_isolation")) == "read committed"
    store.close()
