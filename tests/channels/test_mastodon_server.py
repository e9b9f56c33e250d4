"""The `mastodon` kind against a server that knows statuses (`pip install mastodon-mock`)."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from syndicate.channels.mastodon import Mastodon
from syndicate.errors import RejectedError
from syndicate.model import Message
from tests.receiver import free_port

pytestmark = pytest.mark.full
BESIDE = Path(sys.executable).with_name("mastodon_mock")
SERVER = shutil.which("mastodon_mock") or (str(BESIDE) if BESIDE.is_file() else None)
MESSAGE = Message(
    text="[속보] 규모 5.2 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 규모 5.2 지진",
    excerpt="",
    language="ko-KR",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not SERVER:
        pytest.skip("no mastodon_mock on the PATH: pip install mastodon-mock")
    home = tmp_path_factory.mktemp("mastodon")
    with free_port() as port, (home / "out").open("wb") as out:
        process = subprocess.Popen(
            [SERVER, "serve", "--in-memory", "--port", str(port)],
            cwd=home,
            stdout=out,
            stderr=out,
            env=os.environ | {"TMPDIR": str(home)},
        )
        try:
            yield ready(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(60)


def ready(url: str) -> str:
    for _ in range(600):
        try:
            httpx.get(f"{url}/api/v2/instance").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return url
    raise TimeoutError("mastodon_mock does not answer")


@pytest.fixture
def account(server: str) -> Mastodon:
    keys = {"instance": server, "token": "mock_token"}
    channel = Mastodon(Mastodon.Config.model_validate(keys))
    channel.deadline = timedelta(minutes=1)  # this machine may be busy
    return channel


def test_a_status_is_made_once_found_changed_answered_and_taken_back(
    account: Mastodon,
) -> None:
    since, key = datetime.now(UTC), "0123456789abcdef" * 4
    body = account.write(MESSAGE)
    first, again = account.send(body, key=key), account.send(body, key=key)
    found = account.find(body, key=key, since=since)
    later = account.find(body, key=key, since=since + timedelta(hours=1))
    edit = account.write(replace(MESSAGE, text="[정정] 규모 4.9"))
    edited = account.edit(first.remote_id, edit, key=key)
    there = account.call(f"v1/statuses/{first.remote_id}").json()
    reply = account.send(account.reply(MESSAGE, first.remote_id), key=key[::-1])
    answer = account.call(f"v1/statuses/{reply.remote_id}").json()
    gone = [account.delete(first.remote_id, key=key) for _ in range(2)]

    assert first.remote_id == again.remote_id == edited.remote_id
    assert found
    assert found.remote_id == first.remote_id
    assert later is None
    assert "정정" in there["content"]
    assert there["language"] == "ko"
    assert answer["in_reply_to_id"] == first.remote_id
    assert len(gone) == 2
    with pytest.raises(RejectedError, match="404"):
        account.edit(first.remote_id, edit, key=key)


def test_a_probe_tells_the_account(account: Mastodon) -> None:
    standing = account.probe()

    assert standing.account.startswith("@testuser on http")
    assert "statuses of 500 characters" in standing.quota


def test_a_wrong_token_is_told_and_nothing_is_posted(server: str) -> None:
    keys = {"instance": server, "token": "nobody-has-this"}
    stranger = Mastodon(Mastodon.Config.model_validate(keys))
    with pytest.raises(RejectedError) as caught:
        stranger.send(stranger.write(MESSAGE), key="0" * 64)

    assert caught.value.unwelcome
