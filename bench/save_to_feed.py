"""
From the rename of a new post to the feeds on disk, and to the alert on the wire.

The real ``syndicate run`` watches a folder of generated posts and has one webhook
channel, whose receiver is a socket of this process. New posts with ``breaking: true``
are renamed into the folder one by one, each once the one before has arrived. Measured
from just before the rename

    feeds   until rss.xml, atom.xml and feed.json all hold the post, and those of its
            categories and tags too where there are some
    alert   until the receiver has the first byte of the request that tells it

Both once as they are, and once without ``posts.settle``, the time a file must lie still.

    python bench/save_to_feed.py [--posts 10000] [--new 200] [--by category,tag] [--scratch FOLDER]

``--by`` configures ``feeds.by``. The scratch folder should be on a real disk: feeds and database are synced. Exit status
1: a post did not arrive within ten seconds.
"""

import argparse
import base64
import http.client
import os
import queue
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from posts import post, write_posts

SETTLE = 0.080  # seconds; written into the configuration below
FEEDS = ("rss.xml", "atom.xml", "feed.json")
PATIENCE = 10  # seconds
SECRET = base64.b64encode(b"measured on loopback, not secret").decode()
CONFIG = """
[site]
url = "https://news.example"
title = "솔바람 소식"
language = "ko"
timezone = "Asia/Seoul"

[posts]
settle = "80ms"

[feeds]
by = {by}

[server]
listen = "127.0.0.1:{web}"

[alerts]
storm = 0  # hundreds of alerts in a minute are the point here
storm_posts = 0
repeat_within = "0s"

[[channels]]
name = "receiver"
kind = "webhook"
url = "http://127.0.0.1:{receiver}/alerts"
secret = "whsec_{secret}"
"""


@dataclass(slots=True)
class Receiver:
    """Takes requests on loopback, and notes when the first byte of each arrived."""

    listener: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )
    arrived: queue.SimpleQueue[tuple[float, bytes]] = field(
        default_factory=queue.SimpleQueue
    )

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.listener.getsockname()[1]
        return port

    def start(self) -> None:
        """Take requests from now on."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._take, args=[connection], daemon=True).start()

    def _take(self, connection: socket.socket) -> None:
        """Answer the requests of a connection, however many it carries."""
        with connection:
            while first := connection.recv(1 << 16):
                moment = time.perf_counter()
                request = self._rest(connection, first)
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                self.arrived.put((moment, request))

    def _rest(self, connection: socket.socket, request: bytes) -> bytes:
        while b"\r\n\r\n" not in request:
            request += connection.recv(1 << 16)
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        while len(body) < length:
            body += connection.recv(1 << 16)
        return body


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def running(folder: Path, web: int) -> Iterator[None]:
    """Run the daemon until it is ready, and stop it afterwards."""
    command = str(Path(sys.executable).with_name("syndicate"))
    begun = time.perf_counter()
    with (folder / "output").open("wb") as output:
        daemon = subprocess.Popen(
            [command, "run"], cwd=folder, stdout=output, stderr=output
        )
        try:
            while not is_ready(web):
                if daemon.poll() is not None or time.perf_counter() - begun > 120:
                    sys.exit((folder / "output").read_text("utf-8"))
                time.sleep(0.05)
            print(f"ready after {time.perf_counter() - begun:.2f} s")
            yield
        finally:
            begun = time.perf_counter()
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(PATIENCE)
            print(f"stopped after {time.perf_counter() - begun:.2f} s")


def breaking(index: int) -> tuple[str, str, bytes]:
    """Give name, text and mark of a new post."""
    mark = f"marked-{index:05}"
    _, head, body = post(1_000_000 + index).text.split("---\n", 2)
    kept = [
        line for line in head.splitlines() if not line.startswith(("title:", "date:"))
    ]
    now = datetime.now(UTC)
    lines = [f"title: {mark}", f"date: {now.isoformat()}", "breaking: true", *kept]
    text = "\n".join(["---", *lines, "---", body])
    return f"{now:%Y-%m-%d}-{mark}.md", text, mark.encode()


def touched(feeds: Path, text: str) -> list[Path]:
    """List the files a post is to appear in: of the site, its categories and tags."""
    head = text.split("---\n")[1]
    topics = [feeds / "category" / word for word in re.findall(r"  - (.+)", head)]
    tags = head.partition("tags: [")[2].partition("]")[0]
    topics += [feeds / "tag" / word for word in tags.split(", ")]
    folders = [feeds, *(each for each in topics if each.is_dir())]
    return [folder / name for folder in folders for name in FEEDS]


def save(folder: Path, index: int) -> tuple[float, bytes, list[Path]]:
    """Rename a new post into the folder; give the moment before, its mark, its feeds."""
    name, text, mark = breaking(index)
    feeds = touched(folder / "feeds", text)
    written = folder / "incoming.md"
    written.write_text(text, "utf-8")
    begun = time.perf_counter()
    written.rename(folder / "_posts" / name)
    return begun, mark, feeds


def all_feeds_hold(feeds: list[Path], mark: bytes) -> float:
    """Wait until every feed holds the mark; give the moment the last one did."""
    seen: dict[Path, os.stat_result | None] = dict.fromkeys(feeds)
    until = time.perf_counter() + PATIENCE
    moment = 0.0
    while seen and time.perf_counter() < until:
        for feed in list(seen):
            stat, looked = feed.stat(), time.perf_counter()
            if stat != seen[feed] and mark in feed.read_bytes():
                moment = looked
                del seen[feed]
            else:
                seen[feed] = stat
        time.sleep(0.0002)
    if seen:
        sys.exit(f"{mark.decode()} is missing in {', '.join(map(str, seen))}")
    return moment


def alert_arrived(receiver: Receiver, mark: bytes) -> float:
    try:
        while True:
            moment, request = receiver.arrived.get(timeout=PATIENCE)
            if mark in request:
                return moment
    except queue.Empty:
        sys.exit(f"no alert told of {mark.decode()}")


def show(name: str, times: list[float]) -> None:
    late = quantiles(times, n=100)[98] if len(times) > 1 else times[0]
    middle = median(times)
    print(
        f"{name}  median {middle * 1000:6.1f} ms, 99th percentile {late * 1000:6.1f} ms"
        f"   without settling {(middle - SETTLE) * 1000:6.1f} ms, "
        f"{(late - SETTLE) * 1000:6.1f} ms"
    )


def measure(folder: Path, number: int, receiver: Receiver) -> None:
    feeds, alerts = list[float](), list[float]()
    lot = random.Random(1)
    for index in range(number):
        begun, mark, touches = save(folder, index)
        feeds.append(all_feeds_hold(touches, mark) - begun)
        alerts.append(alert_arrived(receiver, mark) - begun)
        # Not in step with anything that happens every so often.
        time.sleep(lot.uniform(0.02, 0.12))
    show("feeds", feeds)
    show("alert", alerts)


def main() -> None:
    options = argparse.ArgumentParser(description="From a save to feeds and alert.")
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--new", type=int, default=200)
    options.add_argument("--by", default="", help="as feeds.by, with commas")
    options.add_argument("--scratch", type=Path)
    asked = options.parse_args()
    receiver, web = Receiver(), free_port()
    receiver.start()
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        folder = Path(scratch)
        write_posts(folder / "_posts", asked.posts)
        (folder / "config.toml").write_text(
            CONFIG.format(
                web=web,
                receiver=receiver.port,
                secret=SECRET,
                by=list(filter(None, asked.by.split(","))),
            ),
            "utf-8",
        )
        print(f"{asked.new} new posts among {asked.posts}, one by one")
        with running(folder, web):
            measure(folder, asked.new, receiver)


if __name__ == "__main__":
    main()
