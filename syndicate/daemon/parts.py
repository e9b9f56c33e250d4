"""What the daemon is made of: signals, watch, clock and web, each started and stopped."""

import queue
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from watchfiles import watch

from syndicate.app.planning import Changes
from syndicate.daemon.strict_http import StrictProtocol
from syndicate.errors import SetupError
from syndicate.model import Measure
from syndicate.posts.watch import is_post, is_within
from syndicate.words import Said


class Stop:
    """The word that ends the service."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What pictures measure, by address."""

    found: Mapping[str, Measure]


Word = set[str] | Changes | Measured | SetupError | Stop
"""
What the main thread is told: paths that events name; what a look at the whole folder
found, or that it could not be had; what pictures measure; to stop.
"""
Inbox = queue.SimpleQueue[Word]


class Stopper:
    """
    What a signal does.

    Before the service stands there is nothing to put away that a crash would not leave
    whole, so the first signal ends the process where it is. Afterwards it is a word for
    the main thread, and only a second one is not waited for.
    """

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.stands = False

    def __call__(self, number: int, _frame: object) -> None:
        """Hear a signal."""
        if not self.stands:
            raise SystemExit(128 + number)
        signal.signal(number, signal.SIG_DFL)
        self.inbox.put(Stop())


@contextmanager
def signals(inbox: Inbox) -> Iterator[Stopper]:
    """Hear SIGTERM, SIGINT and SIGHUP."""
    stopper = Stopper(inbox)
    before = {
        number: signal.signal(number, stopper)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    }
    try:
        yield stopper
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def watching(
    folder: Path, inbox: Inbox, *, below: Sequence[str] = ("",)
) -> Iterator[None]:
    """Hand over the paths that events name, of posts in the folders below."""
    stop = threading.Event()
    root = folder.resolve()

    def hand_over() -> None:
        events = watch(
            root, stop_event=stop, step=5, debounce=20, watch_filter=None,
            rust_timeout=500, ignore_permission_denied=True,
        )  # fmt: skip
        for batch in events:
            if paths := set(_post_paths((path for _, path in batch), root, below)):
                inbox.put(paths)

    def go_on() -> None:
        # It gives up on a name that is no UTF-8, and on a folder that is taken away.
        # What it misses until it is back, the next look at the whole folder finds.
        while not stop.is_set():
            with suppress(RuntimeError, OSError):
                hand_over()
            stop.wait(1)

    thread = threading.Thread(target=go_on, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)


def _post_paths(
    paths: Iterable[str], root: Path, below: Sequence[str]
) -> Iterator[str]:
    for path in paths:
        if is_post(Path(path).name):
            with suppress(ValueError):
                name = Path(path).relative_to(root).as_posix()
                if is_within(name, below):
                    yield name


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


@contextmanager
def listening(address: str) -> Iterator[socket.socket | None]:
    """Take the port before anything else is done."""
    if not address:
        yield None
        return
    with _bound(address) as listener:
        yield listener


def _bound(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server(
            (host.strip("[]"), int(port)), family=family, backlog=512
        )
    except OSError as error:
        raise SetupError(
            "cannot listen on {address}: {reason}; "
            'set server.listen in config.toml to another address, or to ""',
            address=address,
            reason=Said(error.strerror or str(error)),
        ) from error


@contextmanager
def serving(site: Any, listener: socket.socket | None) -> Iterator[None]:
    """Serve the site on its own thread."""
    if listener is None:
        yield
        return
    settings = uvicorn.Config(
        site, http=StrictProtocol, log_config=None, log_level="error", lifespan="off", access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody here asks who the client is
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(settings)
    thread = threading.Thread(
        target=server.run, args=([listener],), name="web", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(1.5)
