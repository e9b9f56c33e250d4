"""A picture on Slack: handed over, or by its address, or not at all."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from syndicate.channels.base import Channel, Edits
from syndicate.channels.slackapp.pictures import Illustrated
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Picture
from tests.channels.samples import make
from tests.channels.test_pictures import (
    KEY,
    MESSAGE,
    SHOT,
    URL,
    Album,
    illustrated,
    paths,
    send,
)
from tests.receiver import Connection, Receiver, Request, answer


class Workspace:
    """Takes files in three steps, and shows them only a while after."""

    def __init__(self, *, busy: int = 0, fetches: bool = True) -> None:
        self.busy = busy  # times an uploaded file is refused
        self.fetches = fetches  # whether pictures elsewhere can be had
        self.refused = ""  # method: what is refused
        self.files: dict[str, bytes] = {}
        self.alts: list[str] = []
        self.messages: list[dict[str, Any]] = []

    def __call__(self, connection: Connection) -> None:
        request = connection.read()
        body = json.dumps(self.answer(request, connection.receiver.url)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)

    def answer(self, request: Request, url: str) -> Any:
        method = request.path.removeprefix("/")
        if method == self.refused:
            return {"ok": False, "error": "missing_scope", "needed": "files:write"}
        if method == "upload/F1":
            self.files["F1"] = request.body
            return "OK - 9"
        assert request.headers["authorization"].startswith("Bearer xoxb-")
        if method == "files.getUploadURLExternal":
            asked = parse_qs(request.body.decode())
            assert asked["length"] == [str(len(SHOT.content))]
            self.alts += asked["alt_txt"]
            return {"ok": True, "upload_url": f"{url}/upload/F1", "file_id": "F1"}
        asked_for = json.loads(request.body)
        if method == "files.completeUploadExternal":
            assert asked_for == {"files": [{"id": "F1"}]}
            return {"ok": True}
        return self.said(asked_for)

    def said(self, message: dict[str, Any]) -> Any:
        images = [each for each in message.get("blocks", []) if each["type"] == "image"]
        if any("slack_file" in each for each in images) and self.busy:
            self.busy -= 1
            return {"ok": False, "error": "invalid_blocks"}
        if any("image_url" in each for each in images) and not self.fetches:
            return {"ok": False, "error": "invalid_blocks"}
        self.messages.append(message)
        return {"ok": True, "channel": "C1", "ts": "1795.1"}


def image(message: dict[str, Any]) -> dict[str, Any] | None:
    blocks = message.get("blocks", [])
    return next((each for each in blocks if each["type"] == "image"), None)


def test_a_bot_hands_a_picture_over_and_shows_it_with_the_words() -> None:
    with Receiver(room := Workspace()) as peer:
        receipt = send(illustrated("slack_bot", peer.url))

    assert paths(peer) == [
        "POST /files.getUploadURLExternal",
        "POST /upload/F1",
        "POST /files.completeUploadExternal",
        "POST /chat.postMessage",
    ]
    assert room.files == {"F1": SHOT.content}
    assert room.alts == ["무너진 담장"]
    (message,) = room.messages
    assert image(message) == {
        "type": "image",
        "slack_file": {"id": "F1"},
        "alt_text": "무너진 담장",
    }
    assert message["metadata"]["event_payload"] == {"delivery": KEY}
    assert "authorization" not in peer.requests[1].headers
    assert receipt.warning == ""


def test_the_words_beside_a_picture_are_shown_letter_by_letter() -> None:
    (words, picture) = json.loads(make("slack_bot").write(MESSAGE))["blocks"]

    assert words["elements"][0]["elements"] == [
        {"type": "text", "text": "[속보] 지진\n"},
        {"type": "link", "url": "https://news.example/1"},
    ]
    assert (picture["image_url"], picture["alt_text"]) == (URL, "무너진 담장")


def bot(peer: Receiver) -> Channel[Any]:
    channel = illustrated("slack_bot", peer.url)
    assert isinstance(channel, Illustrated)
    channel.pauses = (0, 0.01)
    return channel


def test_a_file_that_is_not_ready_is_waited_for() -> None:
    with Receiver(room := Workspace(busy=1)) as peer:
        receipt = send(bot(peer))

    assert paths(peer)[3:] == ["POST /chat.postMessage"] * 2
    assert len(room.messages) == 1
    assert receipt.warning == ""


def test_a_file_that_is_never_ready_is_left_to_slack() -> None:
    with Receiver(room := Workspace(busy=9)) as peer:
        receipt = send(bot(peer))

    (message,) = room.messages
    assert (image(message) or {})["image_url"] == URL
    assert receipt.warning.startswith("the picture is shown from its address: HTTP 200")


@pytest.mark.parametrize("fetches", [True, False])
def test_words_go_whatever_becomes_of_the_picture(*, fetches: bool) -> None:
    room = Workspace(fetches=fetches)
    room.refused = "files.getUploadURLExternal"
    with Receiver(room) as peer:
        receipt = send(illustrated("slack_bot", peer.url))

    (message,) = room.messages
    assert "[속보] 지진" in message["text"]
    assert bool(image(message)) == fetches
    assert message["unfurl_links"] != fetches
    said = "is shown from its address" if fetches else "was left out"
    assert receipt.warning.startswith(f"the picture {said}: HTTP 200")


def test_a_picture_nobody_has_is_not_uploaded() -> None:
    with Receiver(room := Workspace()) as peer:
        receipt = send(illustrated("slack_bot", peer.url, Album(None)))

    assert len(room.messages) == len(peer.requests) == 1
    assert receipt.warning == f"the picture is shown from its address: {URL}: HTTP 404"


def test_what_is_refused_for_another_reason_is_not_said_again() -> None:
    room = Workspace()
    room.refused = "chat.postMessage"
    with Receiver(room) as peer, pytest.raises(RejectedError, match="missing_scope"):
        send(illustrated("slack_bot", peer.url))

    assert len(peer.requests) == 4


def test_a_doubt_is_a_doubt_and_nothing_more_is_said() -> None:
    with (
        Receiver(answer(500, b"<html>")) as peer,
        pytest.raises(InDoubtError),
    ):
        send(illustrated("slack_bot", peer.url, Album(None)))

    assert len(peer.requests) == 1


def edited(channel: Channel[Any], picture: Picture | None) -> Any:
    assert isinstance(channel, Edits)
    body = channel.write(replace(MESSAGE, picture=picture))
    return channel.edit("C1/1795.1", body, key=KEY)


def test_an_edit_brings_its_picture_or_takes_the_first_one_off() -> None:
    with Receiver(room := Workspace()) as peer:
        channel = illustrated("slack_bot", peer.url)
        edited(channel, MESSAGE.picture)
        edited(channel, None)

    first, second = room.messages
    assert (image(first) or {})["slack_file"] == {"id": "F1"}
    assert [each["type"] for each in second["blocks"]] == ["rich_text"]


def test_an_edit_whose_picture_nobody_has_takes_the_first_one_off() -> None:
    with Receiver(room := Workspace(fetches=False)) as peer:
        edited(illustrated("slack_bot", peer.url, Album(None)), MESSAGE.picture)

    (message,) = room.messages
    assert [each["type"] for each in message["blocks"]] == ["rich_text"]


# By a webhook, which takes no files


def test_a_webhook_names_a_picture_by_its_address() -> None:
    with Receiver(answer(200, b"ok")) as peer:
        channel = make("slack", peer.url)
        body = channel.write(MESSAGE)
        receipt = channel.send(body, key=KEY)

    (request,) = peer.requests
    assert request.body.decode() == body
    assert (image(json.loads(body)) or {})["alt_text"] == "무너진 담장"
    assert receipt.warning == ""


def picky(connection: Connection) -> None:
    body = json.loads(connection.read().body)
    status, said = (
        ("400 No", "invalid_blocks") if "blocks" in body else ("200 OK", "ok")
    )
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(said)}\r\n\r\n"
    connection.send(f"{head}{said}".encode())


def test_a_webhook_goes_without_a_picture_slack_cannot_have() -> None:
    with Receiver(picky) as peer:
        channel = make("slack", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert json.loads(peer.requests[-1].body)["unfurl_links"] is True
    assert receipt.warning == "the picture was left out: HTTP 400: invalid_blocks"


def test_an_image_is_never_without_words_that_stand_for_it() -> None:
    unseen = replace(MESSAGE, picture=Picture(url=URL))
    far = replace(MESSAGE, picture=Picture(url=f"{URL}?{'a' * 3_000}"))

    shown = image(json.loads(make("slack").write(unseen)))
    assert (shown or {})["alt_text"] == "[속보] 지진"
    assert "blocks" not in json.loads(make("slack").write(far))


@pytest.mark.parametrize(
    "text", ["가나다 라마바. " * 400, "漢字" * 2_000, "👨‍👩‍👧‍👦" * 350, "짧은 글"]
)
@pytest.mark.parametrize("kind", ["slack", "slack_bot"])
def test_no_block_is_longer_than_a_text_may_be(kind: str, text: str) -> None:
    text = f"{text} https://news.example/{'a' * 200}\n끝"
    blocks = json.loads(make(kind).write(replace(MESSAGE, text=text)))["blocks"]
    shares = [each["elements"][0]["elements"] for each in blocks[:-1]]
    said = [[part.get("text") or part["url"] for part in share] for share in shares]

    assert "".join("".join(share) for share in said) == text
    assert all(len("".join(share).encode("utf-16-le")) <= 6_000 for share in said)
    assert sum(part["type"] == "link" for share in shares for part in share) == 1
    assert not any(share[0].startswith("\u200d") for share in said)
    if " " in text[:10]:
        assert all(share[-1].endswith(" ") for share in said[:-1])
