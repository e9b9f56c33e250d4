"""
Killed at the worst moments, and started again.

A receiver that outlives every kill counts what it has read whole. Expected of a channel
that knows keys: exactly one effect, at every point. Of a blind one: never two, and never
silence about it.
"""

import json
import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.model import Act, DeliveryState
from syndicate.outbox.ledger import LedgerDelivery, recent
from syndicate.store import audit
from syndicate.store.engine import open_store

DRIVER = Path(__file__).with_name("crash_driver.py")
POINTS = [
    "before accept",
    "after accept",
    "before claim",
    "after claim",
    "before byte",
    "after byte",
    "after answer",
    "before settle",
    "after settle",
]
UNSEEN = {"before accept", "after accept", "before claim"}
"""Points at which it is known that no byte has left."""


class Receiver(socketserver.ThreadingTCPServer):
    """Counts effects. A key that was seen is answered, and not counted again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.effects: list[str] = []
        self.lock = threading.Lock()


class Line(socketserver.StreamRequestHandler):
    server: Receiver

    def handle(self) -> None:
        line = self.rfile.readline()
        if not line.endswith(b"\n"):
            return
        message = json.loads(line)
        with self.server.lock:
            if not (message["keyed"] and message["key"] in self.server.effects):
                self.server.effects.append(message["key"])
        self.wfile.write(message["key"][:8].encode() + b"\n")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def driver() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, DRIVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


class Lives:
    """One alert's process, killed and started again."""

    def __init__(
        self, driver: subprocess.Popen[str], folder: Path, port: int, *, keyed: bool
    ) -> None:
        self.driver = driver
        self.folder = folder
        self.life = {"folder": str(folder), "port": port, "keyed": keyed}

    def live(self, point: str | None = None) -> int:
        """Live until the point, or to the end; give how it ended."""
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        print(
            json.dumps({**self.life, "point": point}),
            file=self.driver.stdin,
            flush=True,
        )
        return int(self.driver.stdout.readline())

    def found(self) -> tuple[list[LedgerDelivery], audit.Chain]:
        store = open_store("sqlite:///syndicate.db", self.folder)
        with store.read() as connection:
            alerts = recent(connection)
            chain = audit.verify(connection)
        store.close()
        return [each for alert in alerts for each in alert.deliveries], chain


@pytest.mark.parametrize("keyed", [True, False], ids=["keyed", "blind"])
@pytest.mark.parametrize("point", POINTS)
def test_nothing_accepted_is_lost_and_nothing_is_doubled(
    driver: subprocess.Popen[str],
    receiver: Receiver,
    sqlite_file: Path,
    point: str,
    *,
    keyed: bool,
) -> None:
    lives = Lives(driver, sqlite_file.parent, receiver.server_address[1], keyed=keyed)

    assert lives.live(point) == -signal.SIGKILL
    assert lives.live() == 0
    [delivery], chain = lives.found()
    effects = len(receiver.effects)
    assert lives.live() == 0
    assert lives.found() == ([delivery], chain)
    assert len(receiver.effects) == effects

    assert chain.is_whole
    if keyed or point in UNSEEN or point == "after settle":
        assert (effects, delivery.state) == (1, DeliveryState.SENT)
    else:
        assert effects <= 1
        assert delivery.state is DeliveryState.IN_DOUBT


@pytest.mark.parametrize("point", POINTS)
def test_a_retraction_survives_every_crash_and_takes_back_for_good(
    driver: subprocess.Popen[str], receiver: Receiver, sqlite_file: Path, point: str
) -> None:
    lives = Lives(driver, sqlite_file.parent, receiver.server_address[1], keyed=False)
    assert lives.live() == 0
    assert len(receiver.effects) == 1

    lives.life["retracts"] = True
    assert lives.live(point) == -signal.SIGKILL
    assert lives.live() == 0
    found, chain = lives.found()
    assert lives.live() == 0
    assert lives.found() == (found, chain)

    assert chain.is_whole
    states = [(each.act, each.state) for each in sorted(found, key=lambda d: d.id)]
    assert states == [
        (Act.SEND, DeliveryState.RETRACTED),
        (Act.DELETE, DeliveryState.SENT),
    ]
    assert len(set(receiver.effects)) == 2, "the message once, and one key for its end"


def test_a_crash_in_the_rescue_is_a_crash_like_any_other(
    driver: subprocess.Popen[str], receiver: Receiver, sqlite_file: Path
) -> None:
    lives = Lives(driver, sqlite_file.parent, receiver.server_address[1], keyed=True)
    ends = [
        lives.live(point) for point in ("after byte", "before settle", "after settle")
    ]

    assert ends == [-signal.SIGKILL] * 3
    assert lives.live() == 0
    [delivery], chain = lives.found()
    assert chain.is_whole
    assert delivery.state is DeliveryState.SENT
    assert len(receiver.effects) == 1
