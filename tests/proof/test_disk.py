"""Disks that fill up, and databases that go away and come back."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from syndicate.errors import StoreError
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.ledger import recent
from syndicate.store.engine import Store, open_store
from syndicate.testing import KeyedFakeChannel, Remote
from tests.conftest import SERVER, Postgres
from tests.proof.lives import Cases

WORDS = Outgoing(
    channel="desk",
    kind="fake",
    body='{"text":"지진"}',
    text="지진",
    count=2,
    limit=500,
    unit="code points",
)


@pytest.mark.parametrize("largest", [4_096, 60_000, 120_000, 200_000])
def test_a_file_that_may_not_grow_costs_nothing_but_time(
    cases: Cases, largest: int
) -> None:
    case = cases("full")
    assert case.live(largest_file=largest) >= 0

    case.look_as_a_reader()
    case.judge(case.recover())
    assert case.faults == []


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """Mount a disk of a size. Only root may."""
    assert os.geteuid() == 0, "not run: only root can mount a small disk"
    with tempfile.TemporaryDirectory(prefix="syndicate-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder]
        subprocess.run(mount, check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


@pytest.mark.full
@pytest.mark.parametrize("left", [0, 4, 24, 60, 120])
def test_a_full_disk_costs_nothing_but_time(cases: Cases, left: int) -> None:
    """Kilobytes are left when the process starts; then somebody makes room."""
    with small_disk("1536k") as disk:
        case = Cases(cases.template, disk, cases.driver, cases.far_end)("full")
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(max(free - left * 1024, 0)))
        assert case.live() >= 0
        case.look_as_a_reader()
        filler.unlink()

        case.judge(case.recover())
        assert case.faults == []


@pytest.mark.full
def test_a_disk_that_is_full_at_the_start_is_named() -> None:
    """SQLite itself calls it a failure to read or write."""
    with small_disk("2m") as disk:
        open_store("sqlite:///a.db", disk).close()
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free))
        with pytest.raises(StoreError, match="the disk is full; make room"):
            open_store("sqlite:///a.db", disk)
        filler.unlink()

        open_store("sqlite:///a.db", disk).close()


def push(store: Store) -> None:
    alert = Alert(title="지진", link=None, language="ko")
    with store.begin() as connection:
        accept(connection, alert, [WORDS], now=datetime.now(UTC))


def is_sent(store: Store, count: int) -> bool:
    with store.read() as connection:
        states = [each.state for a in recent(connection) for each in a.deliveries]
    return states == [DeliveryState.SENT] * count


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@contextmanager
def sending(store: Store, remote: Remote) -> Iterator[Lanes]:
    lanes = Lanes(store, {"desk": KeyedFakeChannel.towards(remote)})
    lanes.start()
    yield lanes
    lanes.stop(timedelta(seconds=30))


def test_a_database_that_is_put_back_goes_on_as_if_nothing_had_been(
    sqlite_store: Store, sqlite_file: Path
) -> None:
    remote, elsewhere = Remote(), sqlite_file.with_name("elsewhere.db")
    with sending(sqlite_store, remote) as lanes:
        push(sqlite_store)
        lanes.wake()
        wait_for(lambda: is_sent(sqlite_store, 1))
        sqlite_file.rename(elsewhere)
        with pytest.raises(StoreError):
            push(sqlite_store)
        time.sleep(0.1)
        elsewhere.rename(sqlite_file)
        push(sqlite_store)
        lanes.wake()
        wait_for(lambda: is_sent(sqlite_store, 2))

    assert len(remote.effects) == 2


def test_nothing_is_accepted_into_a_database_that_was_deleted(
    sqlite_store: Store, sqlite_file: Path
) -> None:
    remote = Remote()
    with sending(sqlite_store, remote):
        sqlite_file.unlink()
        with pytest.raises(StoreError, match="deleted or replaced"):
            push(sqlite_store)

    assert remote.effects == []


@pytest.mark.full
def test_a_server_that_is_stopped_and_started_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    remote = Remote()
    with tempfile.TemporaryDirectory(prefix="syndicate-") as home:
        server = Postgres(Path(home))
        store = open_store(server.start(), tmp_path)
        with sending(store, remote) as lanes:
            for at, how in enumerate(("fast", "immediate")):
                push(store)
                server.run("pg_ctl", "-m", how, "-w", "stop")
                with pytest.raises(StoreError):
                    push(store)
                options = f"{SERVER} -k {server.rows}"
                log = str(server.rows / "log")
                server.run("pg_ctl", "-w", "-l", log, "-o", options, "start")
                push(store)
                lanes.wake()
                wait_for(partial(is_sent, store, 2 * at + 2))
        store.close()
        server.run("pg_ctl", "-m", "immediate", "stop")

    assert len(remote.effects) == 4
