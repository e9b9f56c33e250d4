"""What becomes of a post on X after it was made."""

import json
from datetime import timedelta

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.x import X
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Behaviour, Connection, Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[정정] 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[정정] 지진",
    excerpt="",
    language="ko",
)


def account(url: str | None = None, *, edits: bool = False) -> X:
    channel = make("x", url, edits=edits)
    assert isinstance(channel, X)
    return channel


def done(behave: Behaviour, url_of: str) -> list[str]:
    """Delete a post; gives the requests that were made."""
    with Receiver(behave) as peer:
        receipt = account(peer.url).delete(url_of, key=KEY)
    assert receipt == Receipt(remote_id=url_of)
    return [f"{each.method} {each.path} {each.body!r}" for each in peer.requests]


def test_a_post_is_deleted_by_a_signed_request() -> None:
    requests = done(answer(200, b'{"data": {"deleted": true}}'), "1795")

    assert requests == ["DELETE /2/tweets/1795 b''"]


def test_a_post_that_is_gone_counts_as_deleted() -> None:
    assert done(answer(404, b'{"title": "Not Found Error"}'), "1795")


def test_a_page_in_between_says_nothing_of_a_deletion() -> None:
    with pytest.raises(InDoubtError):
        done(answer(404, b"<html>"), "1795")


def test_a_reply_names_what_it_answers() -> None:
    reply = json.loads(account().reply(MESSAGE, "1795"))

    assert reply == {
        "text": MESSAGE.text,
        "reply": {"in_reply_to_tweet_id": "1795"},
    }


def test_an_edit_is_a_post_that_names_the_one_before() -> None:
    def behave(connection: Connection) -> None:
        made = connection.read().method == "POST"
        body = b'{"data": {"id": "1796"}}' if made else b'{"errors": []}'
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)

    with Receiver(behave) as peer:
        channel = account(peer.url)
        receipt = channel.edit("1795", channel.write(MESSAGE), key=KEY)

    look, request = peer.requests
    assert look.path.startswith("/2/tweets/1795?tweet.fields=edit_controls,")
    assert (request.method, request.path) == ("POST", "/2/tweets")
    assert json.loads(request.body) == {
        "text": MESSAGE.text,
        "edit_options": {"previous_post_id": "1795"},
    }
    assert receipt == Receipt(remote_id="1796", url="https://x.com/i/status/1796")


def test_only_an_account_that_pays_for_it_edits() -> None:
    assert account(edits=True).edit_within == timedelta(minutes=30)
    assert account().edit_within == timedelta(0)


def test_an_edit_that_is_there_already_is_a_repeat() -> None:
    detail = b"You are not allowed to create a Tweet with duplicate content."
    refused = answer(403, b'{"detail": "%s"}' % detail)
    with Receiver(refused) as peer, pytest.raises(RejectedError) as caught:
        account(peer.url).edit("1795", '{"text": "a"}', key=KEY)

    assert caught.value.repeat


def test_a_probe_tells_the_account_and_what_its_token_may() -> None:
    me = answer(200, b'{"data": {"username": "newsdesk"}}', x_access_level="read-write")
    with Receiver(me) as peer:
        standing = account(peer.url).probe()
    with Receiver(answer(200, b'{"data": {"username": "newsdesk"}}')) as peer:
        silent = account(peer.url).probe()

    assert standing == Standing(account="@newsdesk", scopes=["read-write"])
    assert silent.scopes == []
    assert [f"{each.method} {each.path}" for each in peer.requests] == [
        "GET /2/users/me"
    ]
