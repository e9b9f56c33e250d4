"""What every kind owes that hands a picture over before its words."""

import json
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Channel, PictureError, Pictures, Shot, Uploads
from syndicate.channels.wire.uploading import SHARE
from syndicate.errors import InDoubtError
from syndicate.model import Message, Picture, PictureLimits
from tests.channels.pds import Pds
from tests.channels.samples import make
from tests.receiver import Behaviour, Connection, Receiver, Request, answer

KEY = "0123456789abcdef" * 4
URL = "https://news.example/1.jpg"
SHOT = Shot(content=b"\xff\xd8\xff\0\r\n--", type="image/jpeg", width=8, height=9)
MESSAGE = Message(
    text="[속보] 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
    picture=Picture(url=URL, alt="무너진 담장"),
)
STATUS = b'{"id": "113", "url": "https://mastodon.example/@news/113"}'


class Album(Pictures):
    """Has one picture, or none."""

    def __init__(self, shot: Shot | None = SHOT) -> None:
        self.shot = shot
        self.asked: list[tuple[str, PictureLimits, timedelta]] = []

    def expect(self, url: str, limits: PictureLimits) -> None:  # noqa: ARG002
        raise AssertionError(url)

    def get(self, url: str, limits: PictureLimits, *, within: timedelta) -> Shot:
        self.asked.append((url, limits, within))
        if self.shot is None:
            raise PictureError(f"{url}: HTTP 404")
        return self.shot


@contextmanager
def platform(**answers: Behaviour) -> Iterator[Receiver]:
    """Answer each request by the last word of its path."""

    def behave(connection: Connection) -> None:
        request = connection.read()
        name = request.path.rpartition("/")[2]
        again = _Again(connection.socket, connection.receiver)
        again.request = request
        answers[name](again)

    with Receiver(behave) as peer:
        yield peer


class _Again(Connection):
    request: Request

    def read(self) -> Request:
        return self.request


def illustrated(
    kind: str, url: str, album: Album | None = None, **keys: Any
) -> Channel[Any]:
    channel = make(kind, url, **keys)
    assert isinstance(channel, Uploads)
    channel.pictures = album or Album()
    channel.open()
    return channel


def send(channel: Channel[Any]) -> Any:
    return channel.send(channel.write(MESSAGE), key=KEY)


def paths(peer: Receiver) -> list[str]:
    return [f"{each.method} {each.path}" for each in peer.requests]


# Mastodon


def test_mastodon_shows_a_picture_with_its_words() -> None:
    album = Album()
    with platform(
        media=answer(200, b'{"id": 22}'), statuses=answer(200, STATUS)
    ) as peer:
        channel = illustrated("mastodon", peer.url, album)
        receipt = send(channel)

    upload, status = peer.requests
    assert upload.headers["authorization"] == status.headers["authorization"]
    assert upload.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert SHOT.content in upload.body
    assert 'name="description"\r\n\r\n무너진 담장\r\n'.encode() in upload.body
    assert b'name="file"; filename="picture.jpg"' in upload.body
    assert json.loads(status.body)["media_ids"] == ["22"]
    assert "picture" not in json.loads(status.body)
    assert receipt.warning == ""
    ((url, limits, within),) = album.asked
    assert (url, limits) == (URL, channel.limits.picture)
    assert timedelta(0) < within <= channel.deadline / SHARE


def test_mastodon_is_asked_until_a_picture_is_ready() -> None:
    looks = iter([206, 200])

    def look(connection: Connection) -> None:
        answer(next(looks), b'{"id": "22"}')(connection)

    with platform(
        media=answer(202, b'{"id": "22"}'),
        statuses=answer(200, STATUS),
        **{"22": look},
    ) as peer:
        send(illustrated("mastodon", peer.url))

    assert paths(peer) == [
        "POST /api/v2/media",
        "GET /api/v1/media/22",
        "GET /api/v1/media/22",
        "POST /api/v1/statuses",
    ]


def test_a_picture_that_is_never_ready_holds_the_words_back_for_its_share_only() -> (
    None
):
    with platform(
        media=answer(202, b'{"id": "22"}'),
        statuses=answer(200, STATUS),
        **{"22": answer(206)},
    ) as peer:
        channel = illustrated("mastodon", peer.url)
        channel.deadline = timedelta(seconds=5)
        start = time.monotonic()
        receipt = send(channel)

    assert time.monotonic() - start < 5 - 5 / SHARE
    assert receipt.remote_id == "113"
    assert receipt.warning.startswith("the picture was left out: ")
    assert "media_ids" not in json.loads(peer.requests[-1].body)


# X


def test_x_shows_a_picture_that_has_its_words_first() -> None:
    answers = {
        "upload": answer(200, b'{"data": {"id": "71", "media_key": "3_71"}}'),
        "metadata": answer(200, b'{"data": {"id": "71"}}'),
        "tweets": answer(201, b'{"data": {"id": "1795"}}'),
    }
    with platform(**answers) as peer:
        send(illustrated("x", peer.url, pictures=True))

    upload, words, post = (json.loads(each.body) for each in peer.requests)
    assert paths(peer) == [
        "POST /2/media/upload",
        "POST /2/media/metadata",
        "POST /2/tweets",
    ]
    assert b64decode(upload.pop("media")) == SHOT.content
    assert upload == {"media_category": "tweet_image", "media_type": "image/jpeg"}
    assert words == {"id": "71", "metadata": {"alt_text": {"text": "무너진 담장"}}}
    assert post == {"text": MESSAGE.text, "media": {"media_ids": ["71"]}}
    assert all(
        request.headers["authorization"].startswith("OAuth ")
        for request in peer.requests
    )


def test_on_x_nothing_is_uploaded_unless_it_is_asked_for() -> None:
    assert URL not in make("x").write(MESSAGE)
    assert URL in make("x", pictures=True).write(MESSAGE)


def test_on_x_a_doubt_is_not_repeated_where_a_new_picture_makes_it_new() -> None:
    assert make("x").configured_limits.resend_after > timedelta(0)
    assert not make("x", pictures=True).configured_limits.resend_after


# Bluesky


def test_a_card_on_bluesky_has_a_picture_and_a_repeat_changes_nothing() -> None:
    pds = Pds()
    with Receiver(pds) as peer:
        channel = illustrated("bluesky", peer.url, handle="news.example",
                              app_password="right")  # fmt: skip
        first, second = send(channel), send(channel)

    (record,) = pds.records.values()
    thumb = record["embed"]["external"]["thumb"]
    assert (thumb["mimeType"], thumb["size"]) == ("image/jpeg", len(SHOT.content))
    assert "picture" not in record
    assert pds.blobs == [("image/jpeg", SHOT.content)] * 2
    assert first == second
    assert first.warning == ""


def test_a_card_on_bluesky_goes_without_a_picture_that_was_refused() -> None:
    pds = Pds()
    pds.lay = lambda *_: (400, {"error": "BlobTooLarge"})  # type: ignore[method-assign]
    with Receiver(pds) as peer:
        receipt = send(illustrated("bluesky", peer.url, handle="news.example",
                                   app_password="right"))  # fmt: skip

    (record,) = pds.records.values()
    assert "thumb" not in record["embed"]["external"]
    assert receipt.warning.startswith("the picture was left out: HTTP 400")


# All of them

KEYS: dict[str, dict[str, Any]] = {"x": {"pictures": True}}
BY_ADDRESS = {"discord", "discord_bot", "slack_bot"}
"""Networks that fetch a picture themselves where we cannot hand it over."""
every_kind = pytest.mark.parametrize(
    "kind", [kind for kind in built_in() if issubclass(find_channel(kind), Uploads)]
)


@every_kind
def test_it_says_what_it_takes(kind: str) -> None:
    limits = make(kind, **KEYS.get(kind, {})).configured_limits.picture

    assert limits
    assert limits.size > 100_000
    assert limits.alt > 0
    assert limits.side > 0
    assert set(limits.types) <= {"image/jpeg", "image/png"}


@every_kind
def test_a_body_says_what_will_be_shown(kind: str) -> None:
    channel = make(kind, **KEYS.get(kind, {}))
    body = channel.write(MESSAGE)

    assert URL in body
    assert body == channel.write(MESSAGE)
    assert URL not in channel.write(replace(MESSAGE, picture=None))


@every_kind
@pytest.mark.parametrize("album", [Album(None), None])
def test_words_go_without_a_picture_nobody_has(kind: str, album: Album | None) -> None:
    with Receiver(answer(500)) as peer:
        channel = make(kind, peer.url, **KEYS.get(kind, {}))
        assert isinstance(channel, Uploads)
        channel.pictures = album
        with pytest.raises(InDoubtError):
            send(channel)

    assert "[속보] 지진" in peer.requests[-1].body.decode()
    assert (URL in peer.requests[-1].body.decode()) == (kind in BY_ADDRESS)


@pytest.mark.parametrize("status", [400, 401, 413, 422, 429, 500, 302])
@pytest.mark.parametrize(
    ("kind", "path", "words", "done"),
    [
        ("mastodon", "media", "statuses", answer(200, STATUS)),
        ("x", "upload", "tweets", answer(201, b'{"data": {"id": "1795"}}')),
    ],
)
def test_a_picture_that_is_refused_is_left_out_and_that_is_said(
    kind: str, path: str, words: str, done: Behaviour, status: int
) -> None:
    refusal = answer(status, b'{"error": "too large"}')
    with platform(**{path: refusal, words: done}) as peer:
        receipt = send(illustrated(kind, peer.url, **KEYS.get(kind, {})))

    assert receipt.warning.startswith("the picture was left out: HTTP ")
    assert len(peer.requests) == 2


@pytest.mark.parametrize(
    ("kind", "paths_of"),
    [
        ("mastodon", {"media": b'{"id": "2"}', "statuses": STATUS}),
        ("x", {"upload": b'{"data": {"id": "7"}}', "metadata": b"{}",
               "tweets": b'{"data": {"id": "1795"}}'}),
    ],
)  # fmt: skip
def test_a_second_try_says_the_same_under_the_same_key(
    kind: str, paths_of: dict[str, bytes]
) -> None:
    answers: dict[str, Callable[[Connection], None]] = {
        name: answer(200, body) for name, body in paths_of.items()
    }
    with platform(**answers) as peer:
        for _ in range(2):
            send(illustrated(kind, peer.url, **KEYS.get(kind, {})))

    half = len(peer.requests) // 2
    first, second = peer.requests[half - 1], peer.requests[-1]
    assert (first.body, first.path) == (second.body, second.path)
    assert first.headers.get("idempotency-key") == second.headers.get("idempotency-key")
