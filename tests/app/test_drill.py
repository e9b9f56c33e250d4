"""A drill goes the whole way, and nothing leaves this machine."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.app.drill import nothing_leaving
from syndicate.errors import NotSentError
from tests.receiver import Connection, Receiver

CHANNELS = """
[[channels]]
name = "hook"
kind = "webhook"
url = "{url}/hook"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

[[channels]]
name = "masto"
kind = "mastodon"
base_url = "{url}"
token = "real"
"""


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "syndicate", *words]
    return subprocess.run(
        whole, cwd=folder, capture_output=True, text=True, check=False
    )


def push(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return command(folder, "push", "--text", "규모 4.2", *words)


heard: list[Connection] = []


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    heard.clear()
    server = Receiver(heard.append)
    yield server
    server.close()


@pytest.fixture
def site(tmp_path: Path, receiver: Receiver) -> Path:
    tables = '[site]\nurl = "https://news.example"\n' + CHANNELS
    (tmp_path / "config.toml").write_text(tables.format(url=receiver.url), "utf-8")
    (tmp_path / "_posts").mkdir()
    return tmp_path


def test_a_drill_reaches_nobody(site: Path, receiver: Receiver) -> None:
    done = push(site, "--drill", "--yes", "--json")

    said = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert said["drill"] is True
    assert {each["state"] for each in said["deliveries"]} == {"sent"}
    assert all(each["remote_id"].startswith("drill") for each in said["deliveries"])
    assert not heard


def test_a_drill_files_nothing(site: Path) -> None:
    push(site, "--drill", "--yes")

    assert command(site, "alerts").stdout == "no alert yet\n"


def test_the_question_says_that_it_is_a_drill(site: Path) -> None:
    assert "say --yes" in push(site, "--drill").stderr


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_while_a_drill_lasts_no_connection_is_opened(
    receiver: Receiver, name: str
) -> None:
    port = int(receiver.url.rpartition(":")[2])
    with nothing_leaving(), pytest.raises(NotSentError):
        socket.create_connection((name, port))

    socket.create_connection((name, port)).close()  # and afterwards it is
