"""The `matrix` kind against Synapse itself (`pip install matrix-synapse`)."""

import hashlib
import hmac
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from syndicate.channels.matrix import Matrix
from syndicate.channels.matrixapi.room import MatrixConfig
from syndicate.errors import RejectedError
from syndicate.model import Message
from tests.receiver import free_port

pytestmark = pytest.mark.full
SYNAPSE = shutil.which("synapse_homeserver")
KEY = "0123456789abcdef" * 4
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] 규모 5.2 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 규모 5.2 지진",
    excerpt="",
    language="ko",
)


@dataclass(frozen=True)
class Room:
    url: str
    token: str
    room: str

    def matrix(self, **keys: str) -> Matrix:
        table = {"homeserver": self.url, "token": self.token, "room": self.room}
        channel = Matrix(MatrixConfig.model_validate(table | keys))
        channel.deadline = timedelta(minutes=1)  # this machine may be busy
        return channel

    def told(self) -> list[dict[str, Any]]:
        response = httpx.get(
            f"{self.url}/_matrix/client/v3/rooms/{self.room}/messages?dir=b&limit=50",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        )
        events: list[dict[str, Any]] = response.json()["chunk"]
        return [each for each in events if each["type"] == "m.room.message"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    if not SYNAPSE:
        pytest.skip("no synapse_homeserver on the PATH: pip install matrix-synapse")
    home = tmp_path_factory.mktemp("synapse")
    with free_port() as port:
        yield from serving(home, port)


def serving(home: Path, port: int) -> Iterator[Room]:
    assert SYNAPSE
    settings = home / "hs.yaml"
    make = [SYNAPSE, "--server-name=localhost.test", "-c", str(settings)]
    make += ["--generate-config", "--report-stats=no"]
    subprocess.run(make, cwd=home, check=True, capture_output=True)
    written = settings.read_text("utf-8").replace("port: 8008", f"port: {port}")
    written += "\nrc_message: {per_second: 1000, burst_count: 1000}\n"
    settings.write_text(written, "utf-8")
    with (home / "out").open("wb") as out:
        server = subprocess.Popen(
            [SYNAPSE, "-c", settings], cwd=home, stdout=out, stderr=out
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as api:
            yield opened(api, settings)
    finally:
        server.terminate()
        server.wait(30)


def opened(api: httpx.Client, settings: Path) -> Room:
    """Wait for the server, register an account, make a room."""
    until = time.monotonic() + 120
    while True:
        try:
            nonce = api.get("/_synapse/admin/v1/register").json()["nonce"]
            break
        except httpx.TransportError:
            assert time.monotonic() < until, "Synapse does not start"
            time.sleep(0.1)
    found = re.search(
        r'registration_shared_secret: "(.+)"', settings.read_text("utf-8")
    )
    assert found
    words = f"{nonce}\0news\0a-pass-word\0notadmin".encode()
    account = {
        "nonce": nonce,
        "username": "news",
        "password": "a-pass-word",
        "admin": False,
        "mac": hmac.new(found[1].encode(), words, hashlib.sha1).hexdigest(),
    }
    token = api.post("/_synapse/admin/v1/register", json=account).json()["access_token"]
    api.headers["Authorization"] = f"Bearer {token}"
    number = api.post("/_matrix/client/v3/createRoom", json={"name": "속보"}).json()
    return Room(url=str(api.base_url).rstrip("/"), token=token, room=number["room_id"])


def test_a_key_is_told_once_found_again_edited_answered_and_redacted(
    room: Room,
) -> None:
    channel = room.matrix()
    body = channel.write(MESSAGE)
    receipt = channel.send(body, key=KEY)

    assert channel.send(body, key=KEY) == receipt
    assert [each["content"]["body"] for each in room.told()] == [MESSAGE.text]
    assert channel.find(body, key=KEY, since=SINCE) == receipt
    assert channel.find(body, key=KEY[::-1], since=SINCE) is None

    corrected = body.replace("5.2", "5.4")
    assert channel.edit(receipt.remote_id, corrected, key=KEY) == receipt
    assert channel.edit(receipt.remote_id, corrected, key=KEY) == receipt
    edit, first = room.told()
    assert "5.4" in edit["content"]["m.new_content"]["body"]
    replaced = first["unsigned"]["m.relations"]["m.replace"]
    assert replaced["event_id"] == edit["event_id"], "the server knows it for an edit"

    answer = channel.send(channel.reply(MESSAGE, receipt.remote_id), key=KEY[::-1])
    assert room.told()[0]["event_id"] == answer.remote_id

    for _ in range(2):
        channel.delete(receipt.remote_id, key=KEY)
    assert [each["content"] for each in room.told()[1:]] == [{}, {}], "the edit as well"


def test_an_edit_is_redacted_where_only_the_message_was(room: Room) -> None:
    """A try may end between the two; Synapse then lists no edits any more."""
    channel = room.matrix()
    body = channel.write(MESSAGE)
    number = channel.send(body, key="a" * 64).remote_id
    channel.edit(number, body.replace("5.2", "5.4"), key="b" * 64)
    channel.redact(number, key="c" * 64)
    assert "5.4" in room.told()[0]["content"]["body"], "redacting the message is not it"

    channel.delete(number, key="d" * 64)
    assert [each["content"] for each in room.told()[:2]] == [{}, {}]


def test_who_is_asked_and_what_is_wrong_is_told(room: Room) -> None:
    channel = room.matrix()
    assert channel.probe().account == "@news:localhost.test"

    with pytest.raises(RejectedError, match="M_UNKNOWN_TOKEN") as caught:
        room.matrix(token="wrong").send(channel.write(MESSAGE), key=KEY)
    assert caught.value.unwelcome
    with pytest.raises(RejectedError, match="M_FORBIDDEN"):
        room.matrix(room="!nowhere:localhost.test").send(
            channel.write(MESSAGE), key=KEY
        )


def test_the_longest_message_is_taken(room: Room) -> None:
    channel = room.matrix()
    longest = Message(text="&" * 8_000, link=None, title="", excerpt="", language="ko")

    assert channel.send(channel.write(longest), key="f" * 64).remote_id
