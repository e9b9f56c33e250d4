"""A PostgreSQL that goes away under a running daemon, and comes back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SERVER, Postgres

pytestmark = pytest.mark.full
SOON = 15  # seconds within which it must be red
ENVIRONMENT = 3  # exit status: nothing is wrong with what was asked


class Server(Postgres):
    """One that can be started again, where it was."""

    def stop(self, how: str) -> None:
        self.run("pg_ctl", "-m", how, "-w", "stop")

    def start_again(self) -> None:
        log, options = str(self.rows / "log"), f"{SERVER} -k {self.rows}"
        self.run("pg_ctl", "-w", "-l", log, "-o", options, "start")


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="syndicate-") as home:
        server = Server(Path(home))
        yield server
        server.stop("immediate")


def push(site: Any, words: str) -> int:
    done = site.syndicate("push", "--text", words, "--yes", "--no-wait")
    assert "Traceback" not in done.stderr
    return int(done.returncode)


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_database_that_goes_and_comes_back_costs_nothing_but_time(
    server: Server, make_site: Any, receiver: Any, post: Any, wait_for: Any, how: str
) -> None:
    site = make_site("webhook", "telegram")
    with (site.folder / "config.toml").open("a") as config:
        config.write(f'\n[store]\nurl = "{server.start()}"\n')
    site.save("old.md", post("예전 소식"))
    site.start()
    assert push(site, "하나") == 0
    wait_for(lambda: len(receiver.effects) == 2)
    wait_for(lambda: site.get("../readyz").is_success, SOON)
    receiver.silent |= {"telegram"}  # under way when it goes
    assert push(site, "둘") == 0
    wait_for(lambda: len(receiver.effects) == 4)

    server.stop(how)
    wait_for(lambda: "store" in site.get("../readyz").json()["faults"], SOON)
    assert push(site, "셋") == ENVIRONMENT
    site.save("new.md", post("[속보] 넷"))
    receiver.silent.clear()
    server.start_again()
    wait_for(lambda: len(receiver.effects) == 6)
    wait_for(lambda: site.get("../readyz").is_success)
    assert push(site, "다섯") == 0
    wait_for(lambda: len(receiver.effects) == 8)

    for channel in ("webhook", "telegram"):
        told = receiver.count(channel)
        assert set(told.values()) == {1}
        assert not any("셋" in text for text in told)
    states = {each["state"] for each in site.deliveries()}
    assert states <= {"sent", "in_doubt"}
    assert "Traceback" not in site.log()
