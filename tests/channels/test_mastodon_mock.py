"""Pictures on `mastodon`, against mastodon-mock (`pip install mastodon-mock`)."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from syndicate.channels.mastodon import Mastodon
from syndicate.fetch.ask import Asker
from syndicate.fetch.darkroom import Darkroom
from syndicate.model import Message, Picture
from tests.receiver import free_port

MOCK = shutil.which("mastodon_mock")
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(MOCK is None, reason="mastodon-mock is not installed"),
]
TOKEN = {"Authorization": "Bearer mock_token"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert MOCK
    made = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("mastodon"))}
    with (
        free_port() as port,
        subprocess.Popen(
            [MOCK, "serve", "--in-memory", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            env=made,
        ) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            time.sleep(0.1)
            try:
                httpx.get(f"{url}/api/v2/instance")
                break
            except httpx.TransportError:
                continue
        yield url
        process.terminate()


def test_followers_see_the_picture_and_hear_its_alt_text(
    server: str, tmp_path: Path
) -> None:
    target = BytesIO()
    Image.new("RGB", (3_000, 2_000), "red").save(target, "JPEG")
    (tmp_path / "a.jpg").write_bytes(target.getvalue())
    config = {"instance": server, "token": "mock_token"}
    channel = Mastodon(Mastodon.Config.model_validate(config))
    channel.pictures = Darkroom("https://news.example", [tmp_path], Asker())
    channel.deadline = timedelta(minutes=1)  # this machine may be busy
    picture = Picture(url="https://news.example/a.jpg", alt="무너진 담장")
    message = Message(
        text="[속보] 지진",
        link=None,
        title="",
        excerpt="",
        language="ko",
        picture=picture,
    )
    receipts = [channel.send(channel.write(message), key="k" * 64) for _ in range(2)]

    (status,) = httpx.get(f"{server}/api/v1/timelines/home", headers=TOKEN).json()
    (shown,) = status["media_attachments"]
    assert receipts[0] == receipts[1]
    assert receipts[0].warning == ""
    assert (shown["type"], shown["description"]) == ("image", "무너진 담장")
    seen = httpx.get(shown["url"].replace("localhost", "127.0.0.1"))
    assert Image.open(BytesIO(seen.content)).size == (2_048, 1_365)
