"""Many recipients of one channel: real HTTP, a real database, a lane of its own."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook as Verifier

from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.model import Alert, DeliveryState, Outgoing, Severity
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.retry import Policy

SECRET = "whsec_" + base64.b64encode(b"a key of twenty-four by.").decode()
QUICK = Policy(first=timedelta(milliseconds=20))
BODY = '{"type":"alert.created","data":{"text":"지진"}}'


class Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


class Far:
    """A server that stands for all recipients: a path is one."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []  # path and key
        self.answers: dict[str, list[int]] = {}  # statuses, the last one stays
        self.free = Event()
        far = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                Verifier(SECRET).verify(body, dict(self.headers.items()))
                if self.path == "/hangs":
                    far.free.wait(60)
                far.heard.append((self.path, self.headers["webhook-id"]))
                statuses = far.answers.get(self.path, [204])
                self.send_response(
                    statuses[0] if len(statuses) == 1 else statuses.pop(0)
                )
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.free.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def far() -> Iterator[Far]:
    server = Far()
    yield server
    server.stop()


@pytest.fixture
def channel(far: Far, tmp_path: Path) -> Callable[..., Webhook]:
    times = count()

    def make(*names: str, allow: bool = True) -> Webhook:
        file = tmp_path / "recipients.txt"
        lines = [f"{name} http://{far.host}/{name} {SECRET}" for name in names]
        file.write_text("\n".join(["# who subscribes", "", *lines]))
        os.utime(file, (1e9 + next(times), 1e9))  # long ago, and not as before
        config = WebhookConfig(
            url=f"http://{far.host}/own",
            secret=SECRET,
            recipients=file,
            allow=(far.host,) if allow else (),
        )
        return Webhook(config)

    return make


@pytest.fixture
def start() -> Iterator[Callable[..., Lanes]]:
    started: list[Lanes] = []

    def begin(outbox: Any, channel: Webhook, **more: Any) -> Lanes:
        lanes = Lanes(
            outbox.store, {"apps": channel}, policy=QUICK, draw=lambda: 0.5, **more
        )
        started.append(lanes)
        lanes.start()
        return lanes

    yield begin
    for lanes in started:
        lanes.stop()


def file(
    outbox: Any,
    channel: Webhook,
    severity: Severity = Severity.BREAKING,
    recipients: Sequence[str] = (),
) -> int:
    part = Outgoing(
        channel="apps",
        kind="webhook",
        body=BODY,
        text="지진",
        count=2,
        limit=6000,
        unit="bytes",
        recipients=recipients or channel.recipients(),
    )
    alert = Alert(title="지진", link=None, language="ko", severity=severity)
    with outbox.store.begin() as connection:
        return accept(connection, alert, [part], now=datetime.now(UTC))


def states(outbox: Any) -> dict[str, str]:
    query = text("SELECT recipient, state FROM deliveries ORDER BY id")
    with outbox.store.read() as connection:
        return {row.recipient: row.state for row in connection.execute(query)}


def until(met: Callable[[], Any], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_each_recipient_is_told_once_with_a_key_of_its_own(
    own_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    names = [f"r{number}" for number in range(30)]
    webhook = channel(*names)
    file(own_outbox, webhook)
    start(own_outbox, webhook)
    until(lambda: set(states(own_outbox).values()) == {"sent"})

    assert sorted(path for path, _ in far.heard) == sorted(
        ["/own", *(f"/{name}" for name in names)]
    )
    assert len({key for _, key in far.heard}) == 31
    assert own_outbox.chain().is_whole


def test_a_recipient_that_fails_or_hangs_delays_no_other(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    far.answers = {"/down": [500, 500, 204], "/gone": [410]}
    webhook = channel("hangs", "down", "gone", "well")
    file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    until(lambda: states(sqlite_outbox)["down"] == "sent")

    assert states(sqlite_outbox) == {
        "-": "sent",
        "hangs": "sending",
        "down": "sent",
        "gone": "failed",
        "well": "sent",
    }
    keys = {key for path, key in far.heard if path == "/down"}
    assert len(keys) == 1, "a retry has the key of the first try"
    file(sqlite_outbox, webhook)
    until(lambda: Counter(path for path, _ in far.heard)["/well"] == 2)


def test_the_ledger_sums_recipients_up(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    far.answers = {"/gone": [410]}
    webhook = channel("a", "b", "gone")
    number = file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    until(lambda: sqlite_outbox.alert(number).is_settled)

    lines = sqlite_outbox.alert(number).deliveries
    assert {(line.name, line.state) for line in lines} == {
        ("apps, 3 recipients", DeliveryState.SENT),
        ("apps, 1 recipient", DeliveryState.FAILED),
    }


def test_no_recipient_leads_into_our_own_network(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    webhook = channel("inside", allow=False)
    file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    until(lambda: sqlite_outbox.attempts(2) and sqlite_outbox.attempts(2)[0].verdict)

    assert sqlite_outbox.attempts(2)[0].verdict == "not_sent"
    assert far.heard == []


def test_who_was_taken_out_of_the_file_is_told_no_more(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    file(sqlite_outbox, channel("stays", "leaves"))
    start(sqlite_outbox, channel("stays"))
    until(lambda: states(sqlite_outbox)["leaves"] == "failed")
    until(lambda: states(sqlite_outbox)["stays"] == "sent")

    assert "/leaves" not in {path for path, _ in far.heard}


@pytest.mark.parametrize("content", [None, "acme\n"])
def test_a_file_that_cannot_be_used_delays_and_proves_nothing(
    sqlite_outbox: Any,
    far: Far,
    channel: Callable[..., Webhook],
    start: Any,
    content: str | None,
) -> None:
    webhook = channel("a")
    recipients = webhook.config.recipients
    assert recipients
    good, names = recipients.read_text(), webhook.recipients()
    start(sqlite_outbox, webhook)
    if content is None:
        recipients.unlink()
    else:
        recipients.write_text(content)
        os.utime(recipients, (1, 1))
    file(sqlite_outbox, webhook, recipients=names)
    until(lambda: sqlite_outbox.attempts(2) and sqlite_outbox.attempts(2)[0].verdict)

    assert sqlite_outbox.attempts(2)[0].verdict == "not_sent"
    recipients.write_text(good)
    os.utime(recipients, (2, 2))
    until(lambda: set(states(sqlite_outbox).values()) == {"sent"})
    assert len(far.heard) == 2


def test_a_fault_of_a_channel_is_a_doubt_that_says_nothing_of_it(
    sqlite_outbox: Any, channel: Callable[..., Webhook], start: Any
) -> None:
    class Faulty(Webhook):
        def request(self, *_: Any, **__: Any) -> Any:
            raise KeyError(SECRET)

    webhook = Faulty(channel("a").config)
    file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    until(lambda: sqlite_outbox.attempts(2) and sqlite_outbox.attempts(2)[0].verdict)

    assert sqlite_outbox.attempts(2)[0].verdict == "in_doubt"
    assert sqlite_outbox.attempts(2)[0].detail == "the channel broke off: KeyError"


def test_a_database_that_goes_and_comes_back_costs_nothing(
    sqlite_outbox: Any,
    far: Far,
    channel: Callable[..., Webhook],
    start: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    webhook = channel("a")
    lanes = start(sqlite_outbox, webhook)
    until(lambda: lanes.is_sending)
    with sqlite_outbox.store.begin() as connection:
        connection.execute(text("ALTER TABLE deliveries RENAME TO away"))
    lanes.wake()
    until(lambda: "lane apps: database" in caplog.text)

    assert lanes.stuck() == []

    with sqlite_outbox.store.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO deliveries"))
    file(sqlite_outbox, webhook)
    lanes.wake()
    until(lambda: len(far.heard) == 2)


def test_even_a_fault_of_ours_costs_nothing(
    sqlite_outbox: Any,
    far: Far,
    channel: Callable[..., Webhook],
    start: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    zone: list[Any] = [UTC]
    webhook = channel("a")
    lanes = start(sqlite_outbox, webhook, clock=lambda: datetime.now(zone[0]))
    until(lambda: lanes.is_sending)
    zone[0] = None  # no time that can be stored
    lanes.wake()
    until(lambda: "lane apps" in caplog.text)
    zone[0] = UTC
    file(sqlite_outbox, webhook)
    lanes.wake()
    until(lambda: len(far.heard) == 2)


def test_one_recipient_is_told_one_thing_at_a_time(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    webhook = channel("hangs")
    for _ in range(3):
        file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    query = text("SELECT count(*) FROM deliveries WHERE state = :state")

    def number(state: str) -> int:
        with sqlite_outbox.store.read() as connection:
            return int(connection.scalar(query, {"state": state}) or 0)

    until(lambda: number("sent") == 3)  # those of the other recipient

    assert (number("sending"), number("queued")) == (1, 2)
    far.free.set()
    until(lambda: number("sent") == 6)


def test_a_stop_does_not_wait_for_who_hangs(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    webhook = channel("hangs")
    file(sqlite_outbox, webhook)
    lanes = start(sqlite_outbox, webhook)
    until(lambda: states(sqlite_outbox) == {"-": "sent", "hangs": "sending"})
    began = time.monotonic()
    left = lanes.stop(timedelta(seconds=30))

    assert left == []
    assert time.monotonic() - began < 10, "a request may take 15 seconds"


KILLED = """
import json, sys, time; from datetime import timedelta
from pathlib import Path
from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.outbox.lanes import Lanes
from syndicate.store.engine import open_store
config = WebhookConfig(**json.loads(sys.argv[1]))
store = open_store("sqlite:///" + sys.argv[2], Path("/"))
lanes = Lanes(store, {"apps": Webhook(config)})
lanes.start()
time.sleep(60)
"""


def test_a_kill_in_mid_flight_loses_nobody_and_doubles_no_key(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    names = [f"r{number}" for number in range(120)]
    webhook = channel(*names)
    file(sqlite_outbox, webhook)
    path = sqlite_outbox.store.path
    config = {
        "url": f"http://{far.host}/own",
        "secret": SECRET,
        "recipients": str(webhook.config.recipients),
        "allow": [far.host],
    }
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, json.dumps(config), str(path)]
    )
    until(lambda: len(far.heard) > 40)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    start(sqlite_outbox, webhook)
    until(lambda: set(states(sqlite_outbox).values()) == {"sent"})

    keys = {
        path: {key for each, key in far.heard if each == path} for path, _ in far.heard
    }
    assert len(keys) == 121
    assert {len(each) for each in keys.values()} == {1}


def test_what_waits_for_a_recipient_follows_at_once(
    own_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    """
    On PostgreSQL, too, where nobody says that a delivery has ended.

    Eight take eight seconds where each waits until the lane looks by itself, and a
    moment otherwise; on a busy machine not each time.
    """
    webhook = channel()
    start(own_outbox, webhook)

    def seconds() -> float:
        before = len(far.heard)
        for _ in range(8):
            file(own_outbox, webhook)
        began = time.monotonic()
        until(lambda: len(far.heard) == before + 8)
        return time.monotonic() - began

    assert any(seconds() < 4 for _ in range(8))


@pytest.mark.full
def test_hundreds_that_hang_keep_no_other_waiting(
    sqlite_outbox: Any, far: Far, channel: Callable[..., Webhook], start: Any
) -> None:
    """More of them than there are places; and they were filed first."""
    hole = socket.create_server(("127.0.0.1", 0), backlog=4096)
    dead = f"127.0.0.1:{hole.getsockname()[1]}"
    webhook = channel(*(f"r{number}" for number in range(100)))
    path = webhook.config.recipients
    assert path
    holes = [f"hole{number} http://{dead}/ {SECRET}\n" for number in range(600)]
    path.write_text("".join(holes) + path.read_text())
    os.utime(path, (3, 3))
    webhook = Webhook(webhook.config.model_copy(update={"allow": (far.host, dead)}))
    file(sqlite_outbox, webhook)
    start(sqlite_outbox, webhook)
    until(lambda: Counter(states(sqlite_outbox).values())["sent"] == 101, seconds=14)
    hole.close()
