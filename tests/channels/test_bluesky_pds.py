"""
The `bluesky` kind against the reference PDS (node; `npm i @atproto/dev-env@0.3.215`).

SYNDICATE_TEST_ATPROTO names the folder that holds its ``node_modules``.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from syndicate.channels.bluesky import Bluesky
from syndicate.channels.wire.session import Session
from syndicate.errors import RejectedError
from syndicate.model import Message

pytestmark = pytest.mark.full
FOLDER = os.environ.get("SYNDICATE_TEST_ATPROTO", "")
KEY = "5be0" * 13 + "01a202b2d903"  # of 2026-11-22, 10:00:05.123 UTC
OTHER = "e05b" * 13 + KEY[-12:]
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] 규모 5.2 지진 👨‍👩‍👧 #지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 규모 5.2 지진",
    excerpt="주민 대피.",
    language="ko-KR",
)
START = """
const { TestNetworkNoAppView } = require('@atproto/dev-env');
const [plc, pds] = process.argv.slice(1).map(Number);
TestNetworkNoAppView.create({ plc: { port: plc }, pds: { port: pds, hostname: 'localhost' } })
  .then(() => console.log('ready'), (error) => { console.error(error); process.exit(1); });
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    node = shutil.which("node")
    if not node or not Path(FOLDER, "node_modules/@atproto/dev-env").is_dir():
        pytest.skip("no node, or no @atproto/dev-env below SYNDICATE_TEST_ATPROTO")
    ports = [str(free_port()), str(free_port())]
    said = tmp_path_factory.mktemp("pds") / "errors"
    with said.open("wb") as errors:
        server = subprocess.Popen(
            [node, "-e", START, "--", *ports],
            cwd=FOLDER,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert server.stdout
        # Anything else it says before is its log.
        assert any("ready" in line for line in server.stdout), said.read_text("utf-8")
        url = f"http://localhost:{ports[1]}"
        account = {
            "handle": "harbour-desk.test",
            "email": "n@harbour-desk.test",
            "password": "right",
        }
        made = httpx.post(f"{url}/xrpc/com.atproto.server.createAccount", json=account)
        made.raise_for_status()
        yield url
    finally:
        server.kill()
        server.communicate(timeout=10)  # closes the pipe, too


def account(pds: str, *, password: str = "right") -> Bluesky:
    keys = {"handle": "harbour-desk.test", "app_password": password, "pds": pds}
    return Bluesky(Bluesky.Config.model_validate(keys))


def test_a_post_is_put_once_found_edited_answered_and_deleted(pds: str) -> None:
    channel = account(pds)
    body = channel.write(MESSAGE)
    before = channel.find(body, key=KEY, since=SINCE)
    first, again = channel.send(body, key=KEY), channel.send(body, key=KEY)
    found = channel.find(body, key=KEY, since=SINCE)
    edit = channel.write(replace(MESSAGE, text="[정정] 규모 4.9"))
    edited = [channel.edit(first.remote_id, edit, key=KEY) for _ in range(2)]
    reply = channel.send(channel.reply(MESSAGE, first.remote_id), key=OTHER)
    with pytest.raises(RejectedError, match="InvalidSwap") as caught:
        channel.send(body, key=KEY)
    gone = [channel.delete(first.remote_id, key=KEY) for _ in range(2)]
    after = channel.find(body, key=KEY, since=SINCE)

    assert before is None
    assert first == again == found
    assert edited[0] == edited[1] != first
    assert caught.value.repeat
    assert reply.remote_id != first.remote_id
    assert len(gone) == 2
    assert after is None


@pytest.mark.parametrize("text", ["가" * 300, "👨‍👩‍👧‍👦" * 120])
def test_what_we_count_as_fitting_is_taken(pds: str, text: str) -> None:
    channel = account(pds)
    channel.send(channel.write(replace(MESSAGE, text=text, link=None)), key=text)


@pytest.mark.parametrize("text", ["가" * 301, "👨‍👩‍👧‍👦" * 121])
def test_what_we_count_as_too_long_is_refused(pds: str, text: str) -> None:
    channel = account(pds)
    with pytest.raises(RejectedError):
        channel.send(channel.write(replace(MESSAGE, text=text, link=None)), key=KEY)


def test_a_bad_token_is_renewed_and_a_bad_password_refused(pds: str) -> None:
    channel = account(pds)
    held = channel.sign_in()
    channel.safe.keep(
        Session(account=held.account, access="bad", refresh=held.refresh), ""
    )
    standing = channel.probe()
    with pytest.raises(RejectedError) as caught:
        account(pds, password="wrong").probe()

    assert standing.account == "@harbour-desk.test"
    assert caught.value.unwelcome
