"""The `bluesky` kind against the reference PDS (npm, `@atproto/pds`)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from syndicate.channels.bluesky import Bluesky
from syndicate.channels.wire.session import Session
from syndicate.errors import RejectedError
from syndicate.fetch.ask import Asker
from syndicate.fetch.darkroom import Darkroom
from syndicate.model import Message, Picture
from tests.channels.node import running
from tests.receiver import free_port

pytestmark = pytest.mark.full
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
const { Database, PlcServer } = require('@did-plc/server');
const { PDS, envToCfg, envToSecrets } = require('@atproto/pds');
const [plc, pds] = process.argv.slice(1, 3).map(Number);
const [folder, key] = process.argv.slice(3);
const settings = {
  devMode: true, port: pds, hostname: 'localhost', serviceHandleDomains: ['.test'],
  dataDirectory: folder, blobstoreDiskLocation: `${folder}/blobs`,
  didPlcUrl: `http://localhost:${plc}`, plcRotationKeyK256PrivateKeyHex: key,
  jwtSecret: key, adminPassword: key, inviteRequired: false,
  bskyAppViewUrl: 'https://appview.invalid', bskyAppViewDid: 'did:example:invalid',
};
(async () => {
  await PlcServer.create({ db: Database.mock(), port: plc }).start();
  await (await PDS.create(envToCfg(settings), envToSecrets(settings))).start();
  console.log('ready');
})();
"""


@pytest.fixture(scope="module")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pds")
    with (
        free_port() as plc,
        free_port() as port,
        running(
            START, str(plc), str(port), str(folder), "5f" * 32, needs="@atproto/pds"
        ),
    ):
        url = f"http://localhost:{port}"
        account = {
            "handle": "harbour-desk.test",
            "email": "n@harbour-desk.test",
            "password": "right",
        }
        create = f"{url}/xrpc/com.atproto.server.createAccount"
        made = httpx.post(create, json=account, timeout=60)
        made.raise_for_status()
        yield url


def account(pds: str, *, password: str = "right") -> Bluesky:
    keys = {"handle": "harbour-desk.test", "app_password": password, "pds": pds}
    channel = Bluesky(Bluesky.Config.model_validate(keys))
    channel.deadline = timedelta(minutes=1)  # this machine may be busy
    return channel


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
    key = sha256(text.encode()).hexdigest()
    channel.send(channel.write(replace(MESSAGE, text=text, link=None)), key=key)


@pytest.mark.parametrize("text", ["가" * 301, "👨‍👩‍👧‍👦" * 121])
def test_what_we_count_as_too_long_is_refused(pds: str, text: str) -> None:
    channel = account(pds)
    with pytest.raises(RejectedError):
        channel.send(channel.write(replace(MESSAGE, text=text, link=None)), key=KEY)


def test_a_long_address_leads_where_it_should_and_its_card_has_a_picture(
    pds: str, tmp_path: Path
) -> None:
    target = BytesIO()
    Image.new("RGB", (3_000, 2_000), "red").save(target, "PNG")
    (tmp_path / "a.png").write_bytes(target.getvalue())
    link = "https://news.example/2026/11/22/" + "%EC%A7%80%EC%A7%84" * 30
    channel = account(pds)
    channel.pictures = Darkroom("https://news.example", [tmp_path], Asker())
    shown = replace(
        MESSAGE,
        text=f"[속보] 지진 #지진\n{link}",
        link=link,
        picture=Picture(url="https://news.example/a.png", alt="무너진 담장"),
    )
    receipt = channel.send(channel.write(shown), key=OTHER[::-1])

    record = stored(pds, receipt.remote_id)
    tag, address = record["facets"]
    assert receipt.warning == ""
    assert record["text"].endswith("news.example/2026/11/22/…")
    assert address["features"][0]["uri"] == link
    assert tag["index"] == {"byteStart": 16, "byteEnd": 23}
    assert record["embed"]["external"]["thumb"]["mimeType"] == "image/png"


def stored(pds: str, remote_id: str) -> dict[str, Any]:
    """Ask, as anybody may, for a record."""
    _, _, account, collection, name = remote_id.partition("#")[0].split("/")
    asked = {"repo": account, "collection": collection, "rkey": name}
    found = httpx.get(f"{pds}/xrpc/com.atproto.repo.getRecord", params=asked)
    value: dict[str, Any] = found.json()["value"]
    return value


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
