import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

from syndicate.daemon.health import Health
from syndicate.daemon.look import Fault, Look
from syndicate.outbox.lanes import Lanes
from syndicate.store.engine import Store
from syndicate.store.rows import Switch
from syndicate.store.standings import StandingRow, keep_standing
from syndicate.store.switches import flip, pause_of
from syndicate.testing import FakeChannel, Remote
from syndicate.web.service_metrics import service_metrics

MOMENT, HOUR = timedelta(milliseconds=50), timedelta(hours=1)
HUNG = 60  # seconds; far more than a busy machine makes of a moment


def soon(holds: Callable[[], object], seconds: float = HUNG) -> None:
    until = monotonic() + seconds
    while not holds():
        assert monotonic() < until, f"still not after {seconds} s"
        sleep(0.005)


@contextmanager
def health_of(store: Store, **folders: Path) -> Iterator[Health]:
    desk = FakeChannel.towards(Remote())
    lanes = Lanes(store, {"desk": desk})
    health = Health(store, lanes, folders=folders, clock=lambda: datetime.now(UTC))
    health.start()
    lanes.start()
    try:
        yield health
    finally:
        health.stop()
        lanes.stop()


def test_all_is_well(sqlite_store: Store, tmp_path: Path) -> None:
    with health_of(sqlite_store, feeds=tmp_path) as health:
        sleep(0.1)

        assert health.faults() == {}


def test_a_fault_stands_until_it_is_over(sqlite_store: Store) -> None:
    with health_of(sqlite_store) as health:
        fault = Fault.of("{name} is broken", "mend it", name="rss.xml")
        health.note("feeds", fault)

        assert health.faults() == {"feeds": fault}
        assert str(fault.what) == "rss.xml is broken"

        health.note("feeds", None)
        health.note("feeds", None)
        assert health.faults() == {}


def test_a_loop_that_does_not_come_round_is_named(sqlite_store: Store) -> None:
    with health_of(sqlite_store) as health:
        health.came_round("newsroom", HOUR)
        health.came_round("clock", HOUR)
        assert health.faults() == {}

        health.came_round("newsroom", MOMENT)
        soon(health.faults)
        assert str(health.faults()["loops"].what) == "no longer come round: newsroom"

        health.came_round("newsroom", HOUR)
        assert health.faults() == {}


def test_a_folder_that_cannot_be_written_is_named(
    sqlite_store: Store, tmp_path: Path
) -> None:
    with health_of(sqlite_store, feeds=tmp_path / "none") as health:
        soon(lambda: "disk" in health.faults())

        what = str(health.faults()["disk"].what)
        assert what.startswith("cannot write to feeds (")
        assert what.endswith("none): No such file or directory")


def test_a_database_that_is_gone_is_told(sqlite_store: Store) -> None:
    assert sqlite_store.path
    with sqlite_store.read():
        pass  # it was there once
    sqlite_store.path.unlink()
    with health_of(sqlite_store) as health:
        soon(lambda: "store" in health.faults())

        assert "deleted or replaced" in str(health.faults()["store"].what)


def test_a_look_that_hangs_is_itself_the_fault_and_keeps_nobody_waiting() -> None:
    goes_on = Event()

    def hang() -> dict[str, Fault]:
        goes_on.wait(2 * HUNG)
        return {}

    look = Look("store", hang, "restart it", patience=6 * MOMENT)
    look.beat.start()
    soon(look.found)

    start = monotonic()
    fault = look.found()["store"]
    assert monotonic() - start < HUNG, "whoever asks waits for the look"
    assert re.fullmatch(r"no answer for \d+ s", str(fault.what))
    assert str(fault.mend) == "restart it"

    goes_on.set()
    soon(lambda: not look.found())
    look.beat.stop()


@pytest.mark.parametrize("channel", ["desk", None])
def test_a_pause_is_shown_and_is_no_fault(
    sqlite_store: Store, channel: str | None
) -> None:
    switch = Switch(
        name=pause_of(channel) if channel else "pause",
        is_on=True,
        changed_at=datetime.now(UTC),
        who="kim",
        reason="drill",
    )
    with sqlite_store.begin() as connection:
        flip(connection, switch)
    with health_of(sqlite_store) as health:
        soon(health.paused)

        assert health.paused() == {channel or "*": "drill"}
        assert health.faults() == {}


def test_days_are_counted_until_credentials_end(sqlite_store: Store) -> None:
    now = datetime.now(UTC)
    row = StandingRow(
        channel="phones", asked_at=now, expires=now + timedelta(days=3), record="{}"
    )
    with sqlite_store.begin() as connection:
        keep_standing(connection, row)
    with health_of(sqlite_store) as health:
        soon(health.days_left)
        told = list(service_metrics(health))

        assert 2.9 < health.days_left()["phones"] <= 3
        [sample] = next(each for each in told if "days_left" in each.name).samples
        assert sample.labels == {"channel": "phones"}
