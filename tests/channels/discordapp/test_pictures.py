"""A picture in one request with its words."""

import json
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from typing import Any

import pytest

from syndicate.channels.base import Channel, Edits
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Picture
from tests.channels.samples import make
from tests.channels.test_pictures import (
    KEY,
    MESSAGE,
    SHOT,
    URL,
    Album,
    illustrated,
    send,
)
from tests.receiver import Behaviour, Connection, Receiver, Request, answer

MADE = answer(200, b'{"id": "77"}')
both_kinds = pytest.mark.parametrize("kind", ["discord", "discord_bot"])


def parts(request: Request) -> tuple[dict[str, Any], bytes]:
    """Take a form apart: the words, and the file."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = BytesParser(policy=policy.HTTP).parsebytes(head + request.body)
    found = {
        each.get_param("name", header="content-disposition"): each
        for each in form.iter_parts()
    }
    file = found["files[0]"]
    assert file.get_content_type() == SHOT.type
    assert file.get_filename() == "picture.jpg"
    words, content = (
        each.get_payload(decode=True) for each in (found["payload_json"], file)
    )
    assert isinstance(words, bytes)
    assert isinstance(content, bytes)
    return json.loads(words), content


def no_files(connection: Connection) -> None:
    """Refuse what is no JSON, as Discord does where files may not be attached."""
    request = connection.read()
    if request.headers["content-type"] == "application/json":
        status, body = "200 OK", b'{"id": "77"}'
    else:
        status, body = "403 No", b'{"code": 50013, "message": "Missing Permissions"}'
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.send(head.encode() + body)


@both_kinds
def test_a_picture_goes_in_one_request_with_its_words(kind: str) -> None:
    with Receiver(MADE) as peer:
        receipt = send(illustrated(kind, peer.url))

    (request,) = peer.requests
    words, content = parts(request)
    stored = json.loads(make(kind).write(MESSAGE))
    assert content == SHOT.content
    assert words["attachments"] == [
        {"id": "0", "filename": "picture.jpg", "description": "무너진 담장"}
    ]
    (card,) = words["embeds"]
    assert card["image"]["url"] == "attachment://picture.jpg"
    assert words["content"] == stored["content"]
    assert words["allowed_mentions"] == {"parse": []}
    assert receipt.warning == ""
    assert receipt.remote_id.endswith("77")


def test_the_bots_nonce_goes_along_so_that_a_repeat_is_known() -> None:
    with Receiver(MADE) as peer:
        for _ in range(2):
            send(illustrated("discord_bot", peer.url))

    first, second = (parts(each)[0] for each in peer.requests)
    assert first == second
    assert (first["nonce"], first["enforce_nonce"]) == (KEY[:25], True)


@both_kinds
def test_a_picture_of_bare_words_is_shown_as_well(kind: str) -> None:
    bare = replace(MESSAGE, link=None, text="속보", picture=Picture(url=URL))
    with Receiver(MADE) as peer:
        channel = illustrated(kind, peer.url)
        channel.send(channel.write(bare), key=KEY)

    words, _ = parts(peer.requests[0])
    assert words["embeds"] == [{"image": {"url": "attachment://picture.jpg"}}]
    assert "description" not in words["attachments"][0]


@both_kinds
def test_a_file_that_is_refused_is_left_to_discord_and_that_is_said(kind: str) -> None:
    with Receiver(no_files) as peer:
        receipt = send(illustrated(kind, peer.url))

    first, second = peer.requests
    assert SHOT.content in first.body
    assert json.loads(second.body)["embeds"][0]["image"]["url"] == URL
    assert receipt.warning.startswith("the picture is shown from its address: HTTP 403")


@both_kinds
def test_a_picture_nobody_has_is_left_to_discord(kind: str) -> None:
    with Receiver(MADE) as peer:
        receipt = send(illustrated(kind, peer.url, Album(None)))

    (request,) = peer.requests
    assert json.loads(request.body)["embeds"][0]["image"]["url"] == URL
    assert receipt.warning == f"the picture is shown from its address: {URL}: HTTP 404"


@both_kinds
@pytest.mark.parametrize(
    ("behave", "outcome"),
    [
        (answer(500, b"<html>"), InDoubtError),
        (answer(429, b'{"retry_after": 1}'), NotSentError),
    ],
)
def test_only_a_refusal_is_followed_by_the_words_alone(
    kind: str, behave: Behaviour, outcome: type[Exception]
) -> None:
    """After anything else they might stand there twice."""
    with Receiver(behave) as peer, pytest.raises(outcome):
        send(illustrated(kind, peer.url))

    assert len(peer.requests) == 1


def edited(channel: Channel[Any]) -> Any:
    assert isinstance(channel, Edits)
    return channel.edit("5/77", channel.write(MESSAGE), key=KEY)


@both_kinds
def test_an_edit_puts_a_picture_in_the_place_of_the_first(kind: str) -> None:
    with Receiver(MADE) as peer:
        receipt = edited(illustrated(kind, peer.url))

    (request,) = peer.requests
    assert request.method == "PATCH"
    assert [each["id"] for each in parts(request)[0]["attachments"]] == ["0"]
    assert receipt.warning == ""


@both_kinds
def test_an_edit_without_a_picture_takes_the_first_one_off(kind: str) -> None:
    with Receiver(MADE) as peer:
        receipt = edited(illustrated(kind, peer.url, Album(None)))

    assert json.loads(peer.requests[0].body)["attachments"] == []
    assert receipt.warning


@both_kinds
def test_an_edit_of_what_is_gone_is_not_tried_twice(kind: str) -> None:
    gone = answer(404, b'{"message": "Unknown Message", "code": 10008}')
    with Receiver(gone) as peer, pytest.raises(RejectedError):
        edited(illustrated(kind, peer.url))

    assert len(peer.requests) == 1
