"""
A process to be killed: takes in a post, accepts a push, sends, writes the feeds.

Started once; each line on standard input is one life, lived by a fork and answered by a
line with its process id and a line with how it ended: 0, or the signal that killed it,
negative. All of a life happens on one thread, by the functions the daemon's threads
call, so that the n-th call of a kind is the same call in every life.

Nothing of the code under test knows about it. A failpoint is a C function about to be
called, or just come back (``sys.setprofile``): a commit, a byte sent, a sync, a rename.
For ``strace`` a life waits for SIGUSR1 before it begins.

An error of the database or the disk is met as the daemon meets it: what failed is tried
again, a few times, and the clock leaps to whatever is due next.
"""

import gc
import importlib
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from syndicate.app import Words, open_app
from syndicate.app.core import App
from syndicate.channels.base import Channel
from syndicate.errors import SetupError
from syndicate.model import DeliveryState, Limits
from syndicate.outbox.actions import LOOKS
from syndicate.outbox.attempt import Terms, send, take
from syndicate.outbox.batch import Tried, most_of
from syndicate.outbox.expire import expire
from syndicate.outbox.looking import look
from syndicate.outbox.owner import new_owner
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.sending_right import sending_right
from syndicate.outbox.writing import write_down
from syndicate.store.deliveries import find_of_alert
from syndicate.store.engine import Store
from syndicate.testing import StoppedClock

WATCHED = frozenset(
    f"{owner}.{call}"
    for owner, calls in {
        "Connection": "commit",
        "socket": "connect send recv",
        "posix": "fsync replace rename unlink",
    }.items()
    for call in calls.split()
)
SIDES = {"c_call": "before", "c_return": "after", "c_exception": "after"}
STEP = timedelta(seconds=5)
STEPS = 200
PATIENCE = 3  # tries at what the disk refuses
REFUSALS = 30  # in one life, after which it is given up


class Failpoints:
    """Counts the calls worth dying at, and dies at one."""

    def __init__(self, at: str | None) -> None:
        self.at = at
        self.seen: list[str] = []
        self._count: Counter[str] = Counter()

    def __call__(self, _: FrameType, event: str, function: Any) -> None:
        side = SIDES.get(event)
        if side is None:
            return
        owner = getattr(function, "__self__", None)
        whose = getattr(owner, "__name__", type(owner).__name__)
        name = f"{whose}.{function.__name__}"
        if name not in WATCHED:
            return
        self._count[name] += side == "before"
        point = f"{side} {name} {self._count[name]}"
        self.seen.append(point)
        if point == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class Life:
    """One run of the process, from its start to the moment nothing is left to do."""

    def __init__(self, folder: Path, *, now: str) -> None:
        self.folder = folder
        self.clock = StoppedClock(datetime.fromisoformat(now))
        self.app: App = open_app(folder / "config.toml", clock=self.clock)
        self.refusals = 0

    def live(self) -> None:
        self.insist(self.take_in)
        self.insist(self.push)
        self.insist(self.app.publish)
        self.insist(self.begin)
        for _ in range(STEPS):
            while any(self.insist(self.turn, name) for name in self.channels):
                pass
            if not self.insist(self.waits):
                break
            self.clock.advance(STEP)
            self.insist(self.sweep)
        self.app.close()

    @property
    def store(self) -> Store:
        return self.app.store

    @property
    def channels(self) -> dict[str, Channel[Any]]:
        return dict(self.app.roster.channels)

    def insist(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """Do it, and again when the disk refuses: a refusal may pass."""
        for _ in range(PATIENCE):
            try:
                return act(*arguments)
            except SetupError as error:
                sys.stderr.write(f"{act.__name__}: {error}\n")
                self.refusals += 1
                if self.refusals > REFUSALS:
                    raise
        return None

    def take_in(self) -> None:
        self.app.newsroom.look(self.app.newsroom.folder.scan())

    def push(self) -> None:
        if (self.folder / "accepted").exists():
            return
        draft = self.app.draft(Words(text="밀었습니다"))
        self.app.push(draft, request_id="one")
        (self.folder / "accepted").touch()

    def begin(self) -> None:
        self.right = sending_right(self.store)
        assert self.right.acquire()
        self.terms = Terms(
            store=self.store,
            owner=new_owner(),
            now=self.clock,
            draw=lambda: 0.5,
            policy=Policy(),
        )
        limits = {name: c.configured_limits for name, c in self.channels.items()}
        now = self.clock()
        with self.store.begin() as connection:
            orphans = find_orphans(connection, in_hand=(), now=now)
            rescue(
                connection,
                limits,
                orphans=orphans,
                policy=self.terms.policy,
                now=now,
            )

    def turn(self, name: str) -> bool:
        channel = self.channels[name]
        limits = channel.configured_limits
        flights = take(self.terms, name, channel, most=most_of(limits))
        verdicts: list[Tried] = [(each, send(each, channel)) for each in flights]
        self.insist(self.write, verdicts, limits)
        return bool(flights)

    def write(self, verdicts: list[Tried], limits: Limits) -> None:
        write_down(self.terms, verdicts, limits=limits)

    def sweep(self) -> None:
        with self.store.begin() as connection:
            expire(connection, now=self.clock())
        for name, channel in self.channels.items():
            look(self.terms, name, channel)

    def waits(self) -> bool:
        with self.store.begin() as connection:
            rows = [row for n in (1, 2, 3) for row in find_of_alert(connection, n)]
        return any(
            row.state in {DeliveryState.QUEUED, DeliveryState.SENDING}
            or (
                row.state is DeliveryState.IN_DOUBT
                and self.channels[row.channel].configured_limits.look_after is not None
                and row.looks < LOOKS
            )
            for row in rows
        )


def live(spec: dict[str, Any]) -> None:
    """Live the life a line asks for."""
    if spec["traced"]:
        signal.sigwait([signal.SIGUSR1])
    folder = Path(spec["folder"])
    if spec["largest_file"] is not None:
        limit_files(spec["largest_file"])
    fate = Failpoints(spec["point"])
    if spec["point"] or spec["list"]:
        sys.setprofile(fate)
    life = Life(folder, now=spec["now"])
    if spec["only_build"]:
        life.app.build()
        life.app.close()
    else:
        life.live()
    sys.setprofile(None)
    if spec["list"]:
        (folder / "points.json").write_text(json.dumps(fate.seen))
        (folder / "modules.json").write_text(json.dumps(list(sys.modules)))


def limit_files(size_bytes: int) -> None:
    """Let no file grow past a size, as a full disk would."""
    import resource  # noqa: PLC0415 - for those lives alone

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, resource.RLIM_INFINITY))


def warm_up(modules: Path) -> None:
    """Import what a life has imported, so that no further one has to."""
    if modules.exists():
        for name in json.loads(modules.read_text()):
            with suppress(ImportError):
                importlib.import_module(name)
        gc.collect()
        gc.freeze()  # what forks share they need not go through


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Live one life for each line."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(json.loads(line))
            except BaseException as error:  # noqa: BLE001
                sys.stderr.write(f"{error!r}\n")
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        say(child)
        _, status = os.waitpid(child, 0)
        warm_up(Path(json.loads(line)["folder"]) / "modules.json")
        say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
