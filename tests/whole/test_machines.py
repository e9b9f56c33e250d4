"""Several daemons on one PostgreSQL: real processes, killed, and frozen past a lease."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.receiver import free_port

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

    def __init__(self, site: Any, number: int, *, port: int, database: str) -> None:
        self.site, self.port = site, port
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
    ports = ExitStack()

    def make(count: int, *channels: str) -> list[Machine]:
        site = make_site(*channels)
        site.save("first.md", "---\ntitle: 첫 소식\n---\n본문\n")
        for number in range(count):
            port = ports.enter_context(free_port())
            made.append(Machine(site, number, port=port, database=schema))
            made[-1].start()
            wait_for(made[-1].is_up)
        return made

    with ports:
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
    roles = [
        httpx.get(f"http://127.0.0.1:{m.port}/readyz").json()
        for m in (leader, follower)
    ]
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
    assert [role.get("leads") for role in roles] == [None, False]
    assert follower.says("another daemon leads, this one sends")
    assert follower.leads()
    assert took < 20, "not a lease, which is 30 s"
    assert "속보 둘" in feed
    assert len(receiver.effects) == 4, "each once on each channel"


@pytest.mark.full
def test_what_a_frozen_daemon_was_sending_is_taken_over_when_its_lease_ends(
    machines: Any, receiver: Any, wait_for: Any
) -> None:
    all_three = machines(3, "webhook", "telegram")
    receiver.silent |= {"webhook", "telegram"}
    config = str(all_three[0].config)
    site = all_three[0].site
    push = ("push", "-c", config, "--text", "속보", "--yes", "--no-wait")
    assert site.syndicate(*push).returncode == 0
    wait_for(lambda: len(receiver.effects) == 2)
    began = time.monotonic()
    for machine in all_three[:2]:
        machine.signal(signal.SIGSTOP)
    frozen = {machine.daemon.pid for machine in all_three[:2]}
    receiver.silent.clear()

    def states() -> dict[str, str]:
        [alert] = json.loads(site.syndicate("alerts", "-c", config, "--json").stdout)
        return {each["channel"]: each["state"] for each in alert["deliveries"]}

    ended = {"webhook": "sent", "telegram": "in_doubt"}
    wait_for(lambda: states() == ended)
    took = time.monotonic() - began
    for machine in all_three[:2]:
        machine.signal(signal.SIGCONT)
    time.sleep(3)

    assert frozen
    assert took < 45, "the lease of 30 s, and what commands take on a busy machine"
    assert states() == ended, "whoever wakes again changes nothing"
    assert receiver.count("telegram").total() == 1
    assert receiver.count("webhook").total() == 1, "the same key again"
