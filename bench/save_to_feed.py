"""
From a save to the feeds on disk, and to the alert on the wire.

The real ``syndicate run`` watches a folder of generated posts and has one webhook
channel, whose receiver is a socket of this process. Posts are saved one by one, each
save once the one before has arrived, in these ways, as ``--saves`` names them:

    new       a file is renamed into the folder; ``breaking: true`` has it told
    edited    it is written over in place, with another title
    replaced  another file is renamed over it, with another title
    deleted   it is removed

Measured from just before the save

    feeds   until every feed the post stands in says so, in every format: that of the
            site, of its categories, tags, author and language as ``feeds.by`` has them,
            those new with it among them, and those of partners; and the disk has synced
            their folders
    alert   until the receiver has the first byte of the request that tells it

Both once as they are, and once without ``posts.settle``, the time a file must lie still.

    python bench/save_to_feed.py [--posts 10000] [--new 200] [--saves new,edited]
        [--by category,tag] [--tags 300] [--bytes 20000] [--set 'feeds.entries = 100']

``--by`` configures ``feeds.by``, and ``--set`` anything else: any line of TOML.
The scratch folder should be on a real disk: feeds and database are synced. Exit status
1: a save did not arrive within ten seconds.
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
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from posts import post, write_posts
from receiver import Receiver

SETTLE = 0.080  # seconds; written into the configuration below
FORMATS = ("rss.xml", "atom.xml", "feed.json")
PATIENCE = 10  # seconds
SECRET = base64.b64encode(b"measured on loopback, not secret").decode()
CONFIG = """
site.url = "https://news.example"
site.title = "솔바람 소식"
site.author = "solbaram"
site.language = "ko"
site.timezone = "Asia/Seoul"
posts.settle = "80ms"
feeds.by = {by}
server.listen = "127.0.0.1:{web}"
alerts.storm = 0  # hundreds of alerts in a minute are the point here
alerts.storm_posts = 0
alerts.repeat_within = "0s"
{more}

[[channels]]
name = "receiver"
kind = "webhook"
url = "http://127.0.0.1:{receiver}/alerts"
secret = "whsec_{secret}"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One post, from its first save to its removal."""

    folder: Path  # of the whole scene
    index: int
    text: str  # "TITLE" stands for its title
    name: str
    feeds: list[Path] = field(default_factory=list)  # that it is to stand in

    def mark(self, how: str) -> bytes:
        """Give the title it has after a save, in no other post."""
        return f"marked-{self.index:05}-{how}".encode()

    def save(self, how: str) -> float:
        """Save it in one of the ways; give the moment before."""
        target = self.folder / "_posts" / self.name
        text = self.text.replace("TITLE", self.mark(how).decode())
        aside = self.folder / "incoming.md"
        aside.write_text(text, "utf-8")
        begun = time.perf_counter()
        match how:
            case "new" | "replaced":
                aside.rename(target)
            case "edited":
                target.write_text(text, "utf-8")
            case "deleted":
                target.unlink()
        return begun


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
            status = Path(f"/proc/{daemon.pid}/status").read_text("utf-8")
            print("most memory", *re.findall(r"VmHWM:\s*(.*)", status))
        finally:
            begun = time.perf_counter()
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(PATIENCE)
            print(f"stopped after {time.perf_counter() - begun:.2f} s")


def begin(folder: Path, index: int, asked: argparse.Namespace) -> Life:
    """Prepare a post that is to come."""
    written = post(1_000_000 + index, tags=asked.tags, size_bytes=asked.bytes)
    _, head, body = written.text.split("---\n", 2)
    kept = [
        line for line in head.splitlines() if not line.startswith(("title:", "date:"))
    ]
    now = datetime.now(UTC)
    lines = ["title: TITLE", f"date: {now.isoformat()}", "breaking: true", *kept]
    return Life(
        folder=folder,
        index=index,
        text="\n".join(["---", *lines, "---", body]),
        name=f"{now:%Y-%m-%d}-marked-{index:05}.md",
        feeds=touched(folder, head),
    )


def touched(folder: Path, head: str) -> list[Path]:
    """List the files a post is to appear in, there or not."""
    config: dict[str, Any] = tomllib.loads((folder / "config.toml").read_text("utf-8"))
    feeds, said = folder / "feeds", config["feeds"]
    tags = head.partition("tags: [")[2].partition("]")[0]
    categories = re.findall(r"^  - (.+)", head, re.MULTILINE)
    topics = {
        "category": [word.lower() for word in categories],
        "tag": tags.split(", "),
        "author": [config["site"]["author"]],
        "language": [config["site"]["language"]],
    }
    folders = [feeds / by / slug for by in said["by"] for slug in topics[by]]
    files = [each / name for each in [feeds, *folders] for name in FORMATS]
    partners = [f"partner/{each['name']}.xml" for each in said.get("partners", ())]
    return files + [feeds / name for name in partners]


def all_say(feeds: list[Path], mark: bytes, *, gone: bool) -> float:
    """Wait until every feed holds the mark, or none; give the moment of the last one."""
    before: dict[Path, int] = dict.fromkeys(feeds, -1)
    until = time.perf_counter() + PATIENCE
    while before and time.perf_counter() < until:
        for feed in list(before):
            version = version_of(feed)
            if version == before[feed]:
                continue
            before[feed] = version
            if (bool(version) and mark in feed.read_bytes()) is not gone:
                del before[feed]
        time.sleep(0.0002)
    if before:
        sys.exit(f"{mark.decode()} has not reached {', '.join(map(str, before))}")
    for folder in {feed.parent for feed in feeds}:
        sync(folder)
    return time.perf_counter()


def version_of(feed: Path) -> int:
    """Tell one file from the one that replaces it; 0: there is none."""
    try:
        return feed.stat().st_ino
    except FileNotFoundError:
        return 0


def sync(folder: Path) -> None:
    """Wait until its names are on the disk: whoever synced them before has done it."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


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
        f"{name:15} median {middle * 1000:6.1f} ms, 99th percentile {late * 1000:6.1f} ms"
        f"   without settling {(middle - SETTLE) * 1000:6.1f} ms, "
        f"{(late - SETTLE) * 1000:6.1f} ms"
    )


def measure(folder: Path, asked: argparse.Namespace, receiver: Receiver) -> None:
    found: defaultdict[str, list[float]] = defaultdict(list)
    lot = random.Random(1)
    for index in range(asked.new):
        life, mark = begin(folder, index, asked), b""
        for how in asked.saves.split(","):
            begun, gone = life.save(how), how == "deleted"
            mark = mark if gone else life.mark(how)
            found[f"feeds, {how}"].append(all_say(life.feeds, mark, gone=gone) - begun)
            if how == "new":
                found["alert"].append(alert_arrived(receiver, mark) - begun)
            # Not in step with anything that happens every so often.
            time.sleep(lot.uniform(0.02, 0.12))
    for name, times in found.items():
        show(name, times)


def main() -> None:
    options = argparse.ArgumentParser(description="From a save to feeds and alert.")
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--new", type=int, default=200, help="posts to come")
    options.add_argument("--saves", default="new", help="new,edited,replaced,deleted")
    options.add_argument("--by", default="", help="as feeds.by, with commas")
    options.add_argument(
        "--tags", type=int, default=0, help="0: 20,000 of 10,000 posts"
    )
    options.add_argument("--bytes", type=int, default=4_300, help="of a post's body")
    options.add_argument("--set", action="append", default=[], help="a line of TOML")
    options.add_argument("--scratch", type=Path)
    asked = options.parse_args()
    receiver, web = Receiver(), free_port()
    receiver.start()
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        folder = Path(scratch)
        write_posts(
            folder / "_posts", asked.posts, tags=asked.tags, size_bytes=asked.bytes
        )
        (folder / "config.toml").write_text(
            CONFIG.format(
                web=web,
                receiver=receiver.port,
                secret=SECRET,
                by=list(filter(None, asked.by.split(","))),
                more="\n".join(asked.set),
            ),
            "utf-8",
        )
        print(f"{asked.new} new posts among {asked.posts}, one by one")
        with running(folder, web):
            measure(folder, asked, receiver)


if __name__ == "__main__":
    main()
