import time
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.daemon.clock import call_all, ticking
from syndicate.daemon.watchdog import Watchdog

HOUR = 3600.0


class Times:
    def __init__(self) -> None:
        self.wall, self.passed, self.woken = 1_700_000_000.0, 50.0, 0
        self.dog = Watchdog(self.wake, wall=lambda: self.wall, passed=self.at)

    def at(self) -> float:
        return self.passed

    def wake(self) -> None:
        self.woken += 1

    def pass_by(self, seconds: float, *, wall: float | None = None) -> None:
        self.passed += seconds
        self.wall += seconds if wall is None else wall
        self.dog.look()


def test_time_that_passes_wakes_nobody() -> None:
    times = Times()
    for _ in range(10):
        times.pass_by(0.5)
    times.pass_by(0.5, wall=1.4)  # a clock that is corrected a little

    assert (times.woken, times.dog.leaps) == (0, 0)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_clock_that_is_set_wakes_everybody_once(jump: float) -> None:
    times = Times()
    times.pass_by(0.5, wall=jump)
    times.pass_by(0.5)

    assert (times.woken, times.dog.leaps) == (1, 1)


def test_a_process_that_slept_wakes_everybody() -> None:
    times = Times()
    times.pass_by(40)

    assert times.woken == 1


def test_jobs_put_off_by_a_clock_set_back_are_done_at_once() -> None:
    """As APScheduler leaves them: their time is an hour away."""
    done: list[datetime] = []
    minute = timedelta(minutes=1)

    def scan() -> dict[str, None]:
        done.append(datetime.now(UTC))
        return {}

    class Nobody:
        def put(self, word: object) -> None: ...

    with ticking(60, scan, Nobody()) as clock:  # type: ignore[arg-type]
        put_off(clock)
        begun = datetime.now(UTC)
        call_all(clock)
        until = time.monotonic() + 50
        while not done or next_time(clock) < begun + minute / 2:
            assert time.monotonic() < until, "not at once"
            time.sleep(0.01)

        assert next_time(clock) <= datetime.now(UTC) + minute, "and not from now on"


def next_time(clock: BackgroundScheduler) -> datetime:
    (job,) = clock.get_jobs()
    moment: datetime = job.next_run_time
    return moment


def put_off(clock: BackgroundScheduler) -> None:
    for job in clock.get_jobs():
        job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))
