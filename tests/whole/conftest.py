"""A real folder, the real command, and a receiver that stands in for the channels."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.receiver import free_port
from tests.tables import CHANNELS, SITE


class Receiver(ThreadingHTTPServer):
    """
    Webhook, Mastodon, X and Telegram on one port, each true to its class.

    An effect is counted once the request is read whole, before it is answered.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Requests)
        self.effects: list[tuple[str, str, str]] = []  # channel, key, text
        self.asked: list[str] = []  # channels, of repeats too
        self.moments: list[float] = []  # of each, seconds of the clock on the wall
        self.keys: dict[tuple[str, str], int] = {}
        self.silent: set[str] = set()  # channels that never answer
        self.lock = threading.Lock()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def texts(self, channel: str) -> list[str]:
        with self.lock:
            return [text for name, _, text in self.effects if name == channel]

    def count(self, channel: str) -> Counter[str]:
        return Counter(self.texts(channel))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news here."""


class Requests(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        said = json.loads(body)
        channel, key, text, answer = self._told(said)
        with self.server.lock:
            self.server.asked.append(channel)
            number = self.server.keys.get((channel, key)) if key else None
            if number is None:
                number = len(self.server.effects) + 1
                self.server.moments.append(time.time())
                self.server.effects.append((channel, key, text))
                self.server.keys[channel, key] = number
        if channel in self.server.silent:
            self.server.over.wait(60)
            return
        content = json.dumps(answer(number)).encode()
        self.send_response(201 if channel == "x" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _told(self, said: Any) -> tuple[str, str, str, Callable[[int], Any]]:
        if self.path.startswith("/api/v1/statuses"):
            key = self.headers["Idempotency-Key"]
            return "mastodon", key, said["status"], self._status
        if self.path.startswith("/2/tweets"):
            return "x", "", said["text"], lambda n: {"data": {"id": str(n), "text": ""}}
        if "/sendMessage" in self.path:
            return "telegram", "", said["text"], self._message
        text = json.dumps(said, ensure_ascii=False)
        return "webhook", self.headers["webhook-id"], text, lambda _: {}

    def _status(self, number: int) -> Any:
        return {"id": str(number), "url": f"https://social.example/{number}"}

    def _message(self, number: int) -> Any:
        chat = {"id": -100, "type": "channel", "username": "desk"}
        return {"ok": True, "result": {"message_id": number, "chat": chat}}

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


SERVED = """
[server]
listen = "127.0.0.1:{port}"
"""


HUNG = 60.0  # seconds; a busy machine makes many of a moment


def wait_for(holds: Callable[[], Any], seconds: float = HUNG) -> None:
    """Wait until something holds; fail after ``seconds``."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            pytest.fail(f"still not after {seconds} s")
        time.sleep(0.01)


@dataclass
class Site:
    """A folder with a configuration, and the command to run on it."""

    folder: Path
    port: int
    command: Sequence[str] = (sys.executable, "-m", "syndicate")
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    daemons: list[subprocess.Popen[str]] = field(default_factory=list)

    def save(self, name: str, text: str) -> Path:
        """Save a post as a careful editor does: whole, by a rename."""
        path = self.folder / "_posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{path.name}.tmp"
        draft.write_text(text, "utf-8")
        draft.rename(path)
        return path

    def syndicate(
        self, *words: str, timeout: float = 2 * HUNG
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def json(self, *words: str) -> Any:
        return json.loads(self.syndicate(*words, "--json").stdout)

    def start(self) -> subprocess.Popen[str]:
        """Start the daemon and wait until it is ready."""
        with (self.folder / "run.log").open("a") as log:
            daemon = subprocess.Popen(
                [*self.command, "run"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.daemons.append(daemon)
        wait_for(lambda: self._is_ready(daemon))
        return daemon

    def _is_ready(self, daemon: subprocess.Popen[str]) -> bool:
        if daemon.poll() is not None:
            pytest.fail(f"the daemon ended:\n{self.log()}")
        try:
            return self.get("../healthz").is_success
        except httpx.TransportError:
            return False

    def get(self, path: str, **headers: str) -> httpx.Response:
        url = f"http://127.0.0.1:{self.port}/feeds/{path}"
        return httpx.get(url, headers=headers, timeout=HUNG)

    def log(self) -> str:
        return (self.folder / "run.log").read_text("utf-8")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Stop the last daemon and give the seconds it took."""
        daemon = self.daemons.pop()
        start = time.monotonic()
        daemon.send_signal(how)
        daemon.wait(HUNG)
        return time.monotonic() - start

    def stop_quickly(self, again: Callable[[], object] = list) -> float:
        """
        Stop the last daemon, and give the seconds it took: the least of three times.

        A busy machine may be slow each now and then, but who waits for something is so
        every time. ``again`` brings a new daemon to where the first one was.
        """
        took = [self.stop()]
        while took[-1] >= 2 and len(took) < 3:
            self.start()
            again()
            took.append(self.stop())
        return min(took)

    def deliveries(self) -> list[Any]:
        """Give every delivery of the ledger, as the command shows it."""
        return [each for alert in self.json("alerts") for each in alert["deliveries"]]

    def states(self) -> Counter[str]:
        """Count deliveries by state, without the cost of a command."""
        with closing(sqlite3.connect(self.folder / "syndicate.db")) as database:
            rows = database.execute("SELECT state FROM deliveries")
            return Counter(state for (state,) in rows)


@pytest.fixture
def make_site(tmp_path: Path, receiver: Receiver) -> Iterator[Callable[..., Site]]:
    """Make a site with the named channels."""
    sites: list[Site] = []
    ports = ExitStack()

    def make(*channels: str) -> Site:
        port = ports.enter_context(free_port())
        tables = "".join(CHANNELS[name].format(url=receiver.url) for name in channels)
        config = SITE + SERVED.format(port=port) + tables
        (tmp_path / "config.toml").write_text(config, "utf-8")
        (tmp_path / "_posts").mkdir()
        sites.append(Site(tmp_path, port))
        return sites[-1]

    with ports:
        yield make
    for site in sites:
        for daemon in site.daemons:
            daemon.kill()
            daemon.wait()


def post(title: str, *, body: str = "본문입니다.", **fields: str) -> str:
    """Write a post."""
    lines = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    lines += [f"{key}: {value}" for key, value in fields.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


@pytest.fixture(name="post")
def post_fixture() -> Callable[..., str]:
    return post


@pytest.fixture(name="wait_for")
def wait_for_fixture() -> Callable[..., None]:
    return wait_for


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the slow ones first, so that a run on two cores ends together."""
    items.sort(key=lambda item: "whole" not in str(item.path))
