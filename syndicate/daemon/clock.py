"""The clock: what is done every so often, and what is done at a time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.app.planning import Changes
from syndicate.daemon.inbox import Inbox
from syndicate.errors import SetupError


@contextmanager
def ticking(
    seconds: float, scan: Callable[[], Changes], inbox: Inbox
) -> Iterator[BackgroundScheduler]:
    """Look at the whole folder every few seconds, for what no event told."""

    def look() -> None:
        try:
            inbox.put(scan())
        except SetupError as trouble:
            inbox.put(trouble)

    clock = BackgroundScheduler(timezone="UTC")
    clock.add_job(
        look,
        "interval",
        seconds=seconds,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    clock.start()
    try:
        yield clock
    finally:
        clock.shutdown(wait=False)


def call_all(clock: BackgroundScheduler) -> None:
    """Have every job that repeats done now, and from now on: the clock was set."""
    now = datetime.now(UTC)
    for job in clock.get_jobs():
        if hasattr(job.trigger, "interval"):
            with suppress(JobLookupError):  # its time had just come
                job.modify(next_run_time=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """What the clock has done again and again, on a thread of its own."""

    every: timedelta
    do: Callable[[], None]


@contextmanager
def keeping(clock: BackgroundScheduler, chores: Iterable[Chore]) -> Iterator[None]:
    """Have chores done while the block lasts, and once more after it."""
    for chore in chores:
        clock.add_job(
            chore.do,
            "interval",
            seconds=chore.every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    try:
        yield
    finally:
        for chore in chores:
            chore.do()


def call_at(
    clock: BackgroundScheduler, moment: datetime, act: Callable[[], object]
) -> None:
    """Have something done once, at a time (UTC); what was to be done so before is not."""
    clock.add_job(
        act,
        "date",
        run_date=moment,
        id="due",
        replace_existing=True,
        misfire_grace_time=None,
    )
