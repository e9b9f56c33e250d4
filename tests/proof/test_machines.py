"""
Three daemons on one PostgreSQL, and every two seconds one is killed, or frozen past its
lease and thawed. Nothing is lost, nothing keyed is doubled, nothing blind is repeated,
and whatever was in a dead daemon's hands is taken up within the lease and five seconds.
"""

import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.store import audit
from syndicate.store.engine import Store, open_store
from syndicate.store.tables import deliveries
from tests.proof.far_end import FarEnd
from tests.proof.lives import CHANNELS, ROOT, SITE, Note

pytestmark = pytest.mark.full
ALERTS = int(os.environ.get("SYNDICATE_PROOF_ALERTS", "10000"))
SEED = int(os.environ.get("SYNDICATE_PROOF_SEED", "4"))
EVERY = 2.0  # seconds between two misfortunes
LEASE = 30.0  # seconds: twice a channel's deadline
TAKE_OVER = LEASE + 5
LONGEST = 900.0  # seconds for all of it
NAMES = ("webhook", "telegram")


class Daemons:
    """Three of the real command, each with a port of its own."""

    def __init__(self, folder: Path, tables: str, database: str) -> None:
        self.folder = folder
        self.running: dict[int, subprocess.Popen[bytes]] = {}
        self.frozen: dict[int, float] = {}  # until when
        for number in range(3):
            with socket.create_server(("127.0.0.1", 0)) as probe:
                listen = f'[server]\nlisten = "127.0.0.1:{probe.getsockname()[1]}"\n'
            store = f'[store]\nurl = "{database}"\n'
            text = SITE + listen + store + tables
            (folder / f"{number}.toml").write_text(text, "utf-8")
            self.start(number)

    def start(self, number: int) -> None:
        with (self.folder / f"{number}.log").open("ab") as log:
            self.running[number] = subprocess.Popen(
                [sys.executable, "-m", "syndicate", "run", "-c", f"{number}.toml"],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def harm(self, number: int, *, freeze: bool) -> None:
        """Kill one and start it again, or freeze it until past its lease."""
        if number in self.frozen:
            return
        if freeze:
            self.running[number].send_signal(signal.SIGSTOP)
            self.frozen[number] = time.monotonic() + LEASE + 1
        else:
            self.running[number].kill()
            self.running[number].wait()
            self.start(number)

    def thaw(self, *, all_of_them: bool = False) -> None:
        for number, until in list(self.frozen.items()):
            if all_of_them or time.monotonic() > until:
                self.running[number].send_signal(signal.SIGCONT)
                del self.frozen[number]

    def close(self) -> None:
        for daemon in self.running.values():
            daemon.kill()
            daemon.wait()


def outgoing(name: str, number: int) -> Outgoing:
    text = f"속보 {number}"
    body: dict[str, Any] = {"data": {"text": text}, "type": "alert.created"}
    if name == "telegram":
        body = {"chat_id": "@desk", "text": text}
    return Outgoing(
        channel=name,
        kind=name,
        body=json.dumps(body, ensure_ascii=False),
        text=text,
        count=len(text),
        limit=500,
        unit="code points",
    )


def fill(store: Store) -> None:
    """Accept every alert, in good order and in transactions of a hundred."""
    for begin in range(0, ALERTS, 100):
        with store.begin() as connection:
            for number in range(begin, min(begin + 100, ALERTS)):
                alert = Alert(title=f"속보 {number}", link=None, language="ko")
                parts = [outgoing(name, number) for name in NAMES]
                accept(connection, alert, parts, now=datetime.now(UTC))


def states(store: Store) -> Counter[tuple[str, DeliveryState]]:
    columns = deliveries.c.channel, deliveries.c.state
    with store.read() as connection:
        counted = select(*columns, func.count()).group_by(*columns)
        return Counter(
            {(name, state): n for name, state, n in connection.execute(counted)}
        )


def longest_orphan(store: Store) -> timedelta:
    """Give how long ago the oldest send that is still under way was claimed."""
    with store.read() as connection:
        oldest = connection.scalar(
            select(func.min(deliveries.c.changed_at)).where(
                deliveries.c.state == DeliveryState.SENDING
            )
        )
    return datetime.now(UTC) - oldest if oldest else timedelta(0)


@pytest.fixture
def daemons(room: Path, far_end: FarEnd, schema: str) -> Iterator[tuple[Daemons, str]]:
    address = far_end.new_case()
    (room / "_posts").mkdir()
    tables = "".join(CHANNELS[name].format(url=far_end.url(address)) for name in NAMES)
    made = Daemons(room, tables, schema)
    yield made, address
    made.thaw(all_of_them=True)
    made.close()


def test_three_daemons_lose_and_double_nothing(
    daemons: tuple[Daemons, str],
    far_end: FarEnd,
    schema: str,
    record_property: Note,
) -> None:
    three, address = daemons
    store = open_store(schema, three.folder)
    fill(store)
    chance = random.Random(SEED)
    began, longest, harms = time.monotonic(), timedelta(0), Counter[str]()
    for tick in itertools.count(1):
        left = [n for (_, state), n in states(store).items() if not state.is_settled]
        if not left:
            break
        assert time.monotonic() - began < LONGEST, f"seed {SEED}: {states(store)}"
        freeze = chance.random() < 0.4 and len(three.frozen) < 2
        three.harm(chance.randrange(3), freeze=freeze)
        harms["frozen" if freeze else "killed"] += 1
        time.sleep(max(0, began + tick * EVERY - time.monotonic()))
        three.thaw()
        longest = max(longest, longest_orphan(store))
    took = time.monotonic() - began
    with store.read() as connection:
        chain = audit.verify(connection)
    found = states(store)
    store.close()

    seen = far_end.seen(address)
    by_channel = Counter(name for name, _ in seen.elements())
    tally = f"{dict(harms)}, {dict(found)}, {took:.0f} s, take-over {longest}"
    record_property("tally", tally)
    assert max(seen.values()) == 1, f"seed {SEED}: {tally}"
    assert by_channel["webhook"] == ALERTS, f"seed {SEED}: {tally}"
    assert found["webhook", DeliveryState.SENT] == ALERTS
    doubts = found["telegram", DeliveryState.IN_DOUBT]
    assert found["telegram", DeliveryState.SENT] + doubts == ALERTS
    assert by_channel["telegram"] >= ALERTS - doubts
    assert doubts <= harms.total()
    assert longest.total_seconds() < TAKE_OVER, f"seed {SEED}: {tally}"
    assert chain.is_whole
