"""Several daemons on one PostgreSQL: real processes, killed, and frozen past a lease."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

SHARED = """
[store]
url = "{url}"

[posts]
settle = "100ms"

[[alerts.rules]]
name = "breaking"
match = {{ title = '속보' }}
severity = "breaking"
"""


class Machine:
    """A daemon with a port and a log of its own; folder and database are shared."""

    def __init__(self, site: Any, number: int, database: str) -> None:
        self.site = site
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        text = (site.folder / "config.toml").read_text("utf-8")
        self.config: Path = site.folder / f"{number}.toml"
        own = text.replace(f":{site.port}", f":{self.port}")
        self.config.write_text(own + SHARED.format(url=database), "utf-8")
        self.log: Path = site.folder / f"{number}.log"
        self.daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, or start again."""
        with self.log.open("w") as log:
            self.daemon = subprocess.Popen(
                [*self.site.command, "run", "-c", str(self.config)],
                cwd=self.site.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def signal(self, which: signal.Signals) -> None:
        assert self.daemon
        self.daemon.send_signal(which)
        if which is signal.SIGKILL:
            self.daemon.wait()

    def is_up(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").is_success
        return False

    def says(self, words: str) -> bool:
        return words in self.log.read_text("utf-8")

    def leads(self) -> bool:
        return self.says("this daemon leads")


@pytest.fixture
def machines(
    make_site: Any, schema: str, wait_for: Any
) -> Iterator[Callable[..., list[Machine]]]:
    """Give machines that are up; the first one leads."""
    made: list[Machine] = []

    def make(count: int, *channels: str) -> list[Machine]:
        site = make_site(*channels)
        site.save("first.md", "---\ntitle: 첫 소식\n---\n본문\n")
        for number in range(count):
            made.append(Machine(site, number, schema))
            made[-1].start()
            wait_for(made[-1].is_up, 20)
        return made

    yield make
    for machine in made:
        if machine.daemon:
            machine.daemon.kill()
            machine.daemon.wait()


def save(machine: Machine, post: Any, *titles: str) -> None:
    for title in titles:
        machine.site.save(f"{title}.md", post(f"속보 {title}"))


def test_a_follower_takes_over_within_seconds_of_the_leaders_death(
    machines: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    leader, follower = machines(2, "webhook", "telegram")
    wait_for(leader.leads)
    led_before = follower.leads()
    save(leader, post, "하나")
    wait_for(lambda: len(receiver.effects) == 2)
    leader.signal(signal.SIGKILL)
    save(leader, post, "둘")
    began = time.monotonic()
    wait_for(lambda: len(receiver.effects) == 4)
    took = time.monotonic() - began
    feed = httpx.get(f"http://127.0.0.1:{follower.port}/feeds/feed.json").text
    time.sleep(0.3)

    assert not led_before
    assert follower.says("another daemon leads, this one sends")
    assert follower.leads()
    assert took < 5
    assert "속보 둘" in feed
    assert len(receiver.effects) == 4, "each once on each channel"
