"""
A process to be killed: accepts one alert and sends it, and dies where it is told to.

Started once; each line on standard input is one life, lived by a fork, and answered
with how it ended: 0, or the signal that killed it, negative. Nothing of the code under
test knows about it: the points are SQLAlchemy's own events, the driver's and the channel's code.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Engine, event

from syndicate.channels.base import Deletes
from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import Alert, Limits, Memory, Outgoing, Receipt
from syndicate.outbox.acts import Powers, Purpose
from syndicate.outbox.amend import amend, load_thread
from syndicate.outbox.choosing import choose_all
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.ledger import recent
from syndicate.outbox.retry import Policy
from syndicate.store.engine import Store, open_store
from syndicate.testing import FakeChannel, FakeConfig, Remote

TRANSACTIONS = {
    "INSERT INTO alerts": "accept",
    "INSERT INTO attempts": "claim",
    "UPDATE attempts": "settle",
}
LONGEST_LIFE = 60.0  # seconds


class Fate(threading.local):
    """Where this life ends. What a transaction is for, each thread knows of its own."""

    transaction = ""

    def __init__(self, point: str | None) -> None:
        self.point = point

    def reach(self, point: str) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Reach a point on each side of each commit that means something."""

        def note(statement: str) -> None:
            for words, name in TRANSACTIONS.items():
                if statement.startswith(words):
                    self.transaction = name

        @event.listens_for(Engine, "connect")
        def connect(driver: Any, _: Any) -> None:
            driver.set_trace_callback(note)

        @event.listens_for(Engine, "commit")
        def commit(_: Any) -> None:
            if self.transaction:
                self.reach(f"before {self.transaction}")

        @event.listens_for(Engine, "checkin")
        def checkin(*_: Any) -> None:
            if self.transaction:
                self.reach(f"after {self.transaction}")
            self.transaction = ""


class Wire(FakeChannel):
    """Speaks to the recording receiver, one line there and one back."""

    port: ClassVar[int]
    fate: ClassVar[Fate]

    def send(self, body: str, *, key: str) -> Receipt:
        line = json.dumps({"key": key, "body": body, "keyed": self.is_keyed}) + "\n"
        try:
            far = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        except OSError as error:
            raise NotSentError(str(error)) from error
        with far:
            self.fate.reach("before byte")
            far.sendall(line.encode())
            self.fate.reach("after byte")
            answer = far.makefile().readline()
            self.fate.reach("after answer")
        if not answer:
            raise InDoubtError("no answer")
        return Receipt(remote_id=answer.strip())

    @property
    def is_keyed(self) -> bool:
        return self.limits.memory is Memory.KEYED


class KeyedWire(Wire):
    """The same, to a far end that knows a key for an hour."""

    limits: ClassVar[Limits] = Limits(
        text=500, memory=Memory.KEYED, remembers_key_for=timedelta(hours=1)
    )


class DeletingWire(Wire, Deletes):
    """One that takes messages back, as often as it is asked to."""

    def delete(self, remote_id: str, *, key: str) -> Receipt:
        body = json.dumps({"delete": remote_id})
        self.send(body, key=key)
        return Receipt(remote_id=remote_id)


def live(life: dict[str, Any]) -> None:
    """Accept the alert unless that is known to be done, then send until it is quiet."""
    fate = Fate(life["point"])
    fate.watch()
    Wire.port, Wire.fate = life["port"], fate
    folder = Path(life["folder"])
    store = open_store("sqlite:///syndicate.db", folder)
    if not (folder / "accepted").exists():
        submit(store, folder)
    kind = KeyedWire if life["keyed"] else Wire
    if life.get("retracts"):
        kind = DeletingWire
        retract(store)
    channel = kind(FakeConfig(remote=Remote()))
    policy = Policy(first=timedelta(milliseconds=20))
    lanes = Lanes(store, {"desk": channel}, policy=policy)
    lanes.start()
    end = time.monotonic() + LONGEST_LIFE
    while not is_quiet(store):
        assert time.monotonic() < end, "it never came to rest"
        time.sleep(0.005)
    lanes.stop()
    store.close()


def submit(store: Store, folder: Path) -> None:
    part = Outgoing(
        channel="desk",
        kind="wire",
        body='{"text":"지진"}',
        text="지진",
        count=2,
        limit=500,
        unit="code points",
    )
    alert = Alert(title="지진", link=None, language="ko")
    now = datetime.now(UTC)
    with store.begin() as connection:
        accept(connection, alert, [part], now=now, request_id="one")
    (folder / "accepted").touch()


def retract(store: Store) -> None:
    """Take the alert back, under one request's name."""
    now = datetime.now(UTC)
    with store.begin() as connection:
        thread = load_thread(connection, 1)
        choices = choose_all(
            thread.rows,
            purpose=Purpose.RETRACT,
            powers={"desk": Powers(deletes=None)},
            retracting=thread.retracting,
            now=now,
        )
        parts = [
            Outgoing(
                channel="desk",
                kind="wire",
                body="",
                text="",
                count=0,
                limit=0,
                unit="",
                act=act,
                target=choice.row.id,
            )
            for choice in choices
            for act in choice.acts
        ]
        amend(
            connection,
            Alert(title="지진", link=None, language="ko", retracts=1),
            thread,
            choices=choices,
            outgoing=parts,
            now=now,
            request_id="back",
        )


def is_quiet(store: Store) -> bool:
    with store.read() as connection:
        return all(alert.is_settled for alert in recent(connection))


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Live one life for each line."""
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(json.loads(line))
            except BaseException as error:  # noqa: BLE001
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(str(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
