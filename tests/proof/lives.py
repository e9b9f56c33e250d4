"""
A site whose process is killed and started again, and what must hold of it afterwards.

Two alerts for each channel: one by a rule, about a post that lies there when the process
starts, and one an operator pushes under a name of the request's own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from syndicate.model import DeliveryState
from syndicate.outbox.ledger import LedgerDelivery, recent
from syndicate.store import audit
from syndicate.store.engine import Store, open_store
from tests import tables
from tests.proof.far_end import FarEnd

DRIVER = Path(__file__).with_name("driver.py")
ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
BETWEEN_LIVES = timedelta(minutes=2)

RULES = """
[[alerts.rules]]
name = "breaking"
match = { title = '^\\[속보\\]' }
"""
ASKED = """
[[channels]]
name = "asked"
kind = "asked:Asked"
base_url = "{url}"
"""
CHANNELS = {
    "webhook": tables.CHANNELS["webhook"],
    "asked": ASKED,
    "x": tables.CHANNELS["x"],
    "telegram": tables.CHANNELS["telegram"],
}
SITE = tables.SITE + RULES
Note = Callable[[str, object], None]
"""
pytest's ``record_property``: figures, shown by ``--junitxml=FILE -o junit_family=xunit1``.
"""

FEEDS = {"rss.xml", "atom.xml"}
CERTAIN = ("webhook", "asked")  # of which exactly one effect is promised


def post(title: str) -> str:
    return f'---\ntitle: "{title}"\ndate: 2026-01-01 20:59:00 +0900\n---\n\n본문.\n'


def lay_out(folder: Path, driver: "Driver", far_end: FarEnd) -> None:
    """Make a site that has had its first run, and a piece of news beside it."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts" / "old.md").write_text(post("먼저 있던 글"), "utf-8")
    configure(folder, "http://127.0.0.1:1")
    assert Case(folder, driver, far_end, 0).live(only_build=True) == 0
    (folder / "_posts" / "news.md").write_text(post("[속보] 새 소식"), "utf-8")


def configure(folder: Path, url: str) -> None:
    channels = "".join(table.format(url=url) for table in CHANNELS.values())
    (folder / "config.toml").write_text(SITE + channels, "utf-8")


class Driver:
    """The process of ``driver.py``."""

    def __init__(self, package: Path = ROOT) -> None:
        path = os.pathsep.join([str(package), str(ROOT)])
        self._process = subprocess.Popen(
            [sys.executable, DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._read() == "ready"

    def begin(self, **life: Any) -> int:
        """Begin a life and give its process id."""
        assert self._process.stdin
        print(json.dumps(life), file=self._process.stdin, flush=True)
        return int(self._read())

    def end(self) -> int:
        """Wait for the end of the life and give how it ended."""
        return int(self._read())

    def close(self) -> None:
        with self._process:  # closes its pipes, at which it ends
            pass

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def driver(package: Path = ROOT) -> Iterator[Driver]:
    process = Driver(package)
    try:
        yield process
    finally:
        process.close()


@dataclass(frozen=True, slots=True)
class Found:
    """What the ledger of a site says."""

    deliveries: Sequence[LedgerDelivery]
    chain: audit.Chain

    def states(self) -> Counter[tuple[str, DeliveryState]]:
        return Counter((each.channel, each.state) for each in self.deliveries)


@dataclass(slots=True)
class Case:
    """One site on its way through its lives."""

    folder: Path
    driver: Driver
    far_end: FarEnd
    alerts: int
    address: str = ""  # its part of the far end's
    faults: list[str] = field(default_factory=list)
    lived: int = 0

    @property
    def name(self) -> str:
        return self.folder.name

    def begin(
        self, point: str | None = None, *, traced: bool = False, **spec: Any
    ) -> int:
        self.lived += 1
        now = NOON + BETWEEN_LIVES * self.lived
        return self.driver.begin(
            folder=str(self.folder),
            now=now.isoformat(),
            point=point,
            traced=traced,
            **{"list": False, "largest_file": None, "only_build": False, **spec},
        )

    def live(self, point: str | None = None, **spec: Any) -> int:
        """Live until the point, or to the end; give how it ended."""
        self.begin(point, **spec)
        return self.driver.end()

    def strace(self, *options: str, log: Path | None = None) -> int:
        """Live under strace; give how it ended. Counting begins with the life."""
        child = self.begin(traced=True)
        command = ["strace", "-f", "-o", str(log or "/dev/null"), *options]
        with subprocess.Popen(
            [*command, "-p", str(child)], stderr=subprocess.PIPE, text=True
        ) as tracer:
            assert tracer.stderr
            told = tracer.stderr.readline()
            os.kill(child, signal.SIGUSR1)
            ended = self.driver.end()
            assert "attached" in told, told
        return ended

    def points(self) -> list[str]:
        """Live a whole life and give every failpoint it passed."""
        assert self.live(list=True) == 0
        found: list[str] = json.loads((self.folder / "points.json").read_text())
        return found

    def found(self) -> Found:
        with self.opened() as store:
            return found_in(store)

    @contextmanager
    def opened(self) -> Iterator[Store]:
        store = open_store("sqlite:///syndicate.db", self.folder)
        yield store
        store.close()

    def blame(self, *, when: bool, what: str) -> None:
        if when:
            self.faults.append(f"{self.name}: {what}")

    def look_as_a_reader(self) -> None:
        """Look before the restart: recovery must not be what makes a feed whole."""
        self.faults += [f"{self.name}: {fault}" for fault in torn(self.folder)]

    def recover(self) -> Found:
        """Start twice, and compare: the second start finds nothing to do."""
        self.blame(when=self.live() != 0, what="the restart failed")
        with self.opened() as store:
            first, seen = found_in(store), self.far_end.seen(self.address)
            self.blame(when=self.live() != 0, what="the second restart failed")
            same = found_in(store) == first
        same = same and self.far_end.seen(self.address) == seen
        self.blame(when=not same, what="the second restart changed something")
        return first

    def die_and_recover(self, ended: int) -> Counter[str]:
        """Hold what a killed life and two restarts have come to against the promises."""
        self.blame(when=ended != -signal.SIGKILL, what=f"it ended with {ended}")
        self.look_as_a_reader()
        return self.judge(self.recover())

    def judge(self, found: Found) -> Counter[str]:
        """Hold effects and states against the promises; give the tally."""
        self.blame(when=not found.chain.is_whole, what="the audit chain is broken")
        many = Counter(each.channel for each in found.deliveries)
        whole = dict.fromkeys(CHANNELS, self.alerts)
        self.blame(when=dict(many) != whole, what=f"deliveries {dict(many)}")
        seen = self.far_end.seen(self.address)
        tally: Counter[str] = Counter()
        for each in found.deliveries:
            tally += self._judge(each, seen_of(each, seen))
        self.blame(
            when=sum(seen.values()) != tally["effects"], what=f"strangers: {seen}"
        )
        self.look_as_a_reader()
        return tally

    def _judge(self, delivery: LedgerDelivery, effects: int) -> Counter[str]:
        said = f"{delivery.channel} {delivery.state}, {effects} effects"
        sent = delivery.state is DeliveryState.SENT
        doubt = delivery.state is DeliveryState.IN_DOUBT
        self.blame(when=effects > 1, what=f"doubled: {said}")
        self.blame(when=not (sent or doubt), what=f"at no end: {said}")
        self.blame(when=sent and effects == 0, what=f"claimed but unseen: {said}")
        if delivery.channel in CERTAIN:
            self.blame(when=not sent or effects != 1, what=f"not exactly once: {said}")
        return Counter(effects=effects, doubts=doubt, **{delivery.channel: effects})


def seen_of(delivery: LedgerDelivery, seen: Counter[tuple[str, str]]) -> int:
    """Count a delivery's effects. A webhook's event holds its words among others."""
    if delivery.channel != "webhook":
        return seen[delivery.channel, delivery.text]
    quoted = json.dumps(delivery.text, ensure_ascii=False)
    return sum(
        count
        for (name, event), count in seen.items()
        if name == "webhook" and quoted in event
    )


def found_in(store: Store) -> Found:
    with store.read() as connection:
        alerts = recent(connection)
        chain = audit.verify(connection)
    return Found([each for alert in alerts for each in alert.deliveries], chain)


def torn(folder: Path) -> list[str]:
    """Name what a reader would find broken in the feeds of a site."""
    faults = []
    for name in FEEDS:
        path = folder / "feeds" / name
        if path.exists():
            try:
                root = etree.fromstring(path.read_bytes())
            except etree.XMLSyntaxError as error:
                faults.append(f"{name} is torn: {error}")
            else:
                if not root.findall(".//{*}item") + root.findall(".//{*}entry"):
                    faults.append(f"{name} is empty")
    return faults


@dataclass(frozen=True, slots=True)
class Cases:
    """Makes sites that are alike."""

    template: Path
    room: Path
    driver: Driver
    far_end: FarEnd

    def __call__(self, name: str, *, news: bool = True) -> Case:
        """
        Make one.

        Args:
            name: Of its folder.
            news: Whether a post that a rule asks for lies there, beside the push.
        """
        folder = self.room / name
        shutil.copytree(self.template, folder)
        address = self.far_end.new_case()
        configure(folder, self.far_end.url(address))
        if not news:
            (folder / "_posts" / "news.md").unlink()
        return Case(folder, self.driver, self.far_end, 1 + news, address)
