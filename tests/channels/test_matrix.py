import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.matrix import Matrix
from syndicate.errors import NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Platform, Receiver, Request, answer

KEY = "0123456789abcdef" * 4
ROOM = "/_matrix/client/v3/rooms/%21abcdefghijklmnop%3Amatrix.example"
EVENT = "$abc/def"
SINCE = datetime(2026, 11, 22, 10, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] A&B <합병>\n\nhttps://news.example/?a=1&b=2",
    link="https://news.example/?a=1&b=2",
    title="[속보] A&B <합병>",
    excerpt="",
    language="ko",
)
FORMATTED = (
    "<strong>[속보] A&amp;B &lt;합병&gt;</strong><br><br>"
    '<a href="https://news.example/?a=1&amp;b=2">https://news.example/?a=1&amp;b=2</a>'
)


def matrix(url: str = "https://matrix.example") -> Matrix:
    channel = make("matrix", url)
    assert isinstance(channel, Matrix)
    return channel


def accepted(**fields: Any) -> Receiver:
    return Receiver(answer(200, json.dumps({"event_id": EVENT, **fields}).encode()))


def content(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.body)
    return found


def test_a_message_is_put_under_its_key_with_title_bold_and_address_linked() -> None:
    with accepted() as peer:
        channel = matrix(peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert request.method == "PUT"
    assert request.path == f"{ROOM}/send/m.room.message/{KEY}"
    assert request.headers["authorization"] == "Bearer put-the-access-token-here"
    assert content(request) == {
        "msgtype": "m.text",
        "body": MESSAGE.text,
        "format": "org.matrix.custom.html",
        "formatted_body": FORMATTED,
    }
    assert receipt == Receipt(
        remote_id=EVENT,
        url="https://matrix.to/#/!abcdefghijklmnop:matrix.example/$abc%2Fdef",
    )


def test_words_that_are_not_the_title_are_plain_and_no_link_is_made_up() -> None:
    other = replace(MESSAGE, text="정정: <b>\n끝", link=None)
    body = json.loads(matrix().write(other))

    assert body["formatted_body"] == "정정: &lt;b&gt;<br>끝"


def test_an_edit_replaces_the_words_under_a_key_of_its_own() -> None:
    with accepted(event_id="$edit") as peer:
        channel = matrix(peer.url)
        corrected = channel.write(replace(MESSAGE, text="[정정]", title=""))
        receipt = channel.edit(EVENT, corrected, key=KEY)
        channel.edit(EVENT, corrected, key=KEY)
        channel.edit(EVENT, channel.write(MESSAGE), key=KEY)

    first, again, other = peer.requests
    assert first.path.startswith(f"{ROOM}/send/m.room.message/{KEY}.")
    assert first.path == again.path != other.path
    assert content(first)["m.relates_to"] == {
        "rel_type": "m.replace",
        "event_id": EVENT,
    }
    assert content(first)["m.new_content"]["body"] == "[정정]"
    assert content(first)["body"] == "* [정정]"
    assert receipt.remote_id == EVENT, "later edits name the first message, not an edit"


def test_a_reply_names_the_message_and_an_edit_of_it_does_not_any_more() -> None:
    channel = matrix()
    body = channel.reply(MESSAGE, EVENT)
    with accepted() as peer:
        matrix(peer.url).edit("$reply", body, key=KEY)

    assert json.loads(body)["m.relates_to"] == {"m.in_reply_to": {"event_id": EVENT}}
    assert "m.relates_to" not in content(peer.requests[0])["m.new_content"]


RELATIONS = ROOM.replace("/v3/", "/v1/") + "/relations/%24abc%2Fdef/m.replace?limit=100"
REPLACES = {"rel_type": "m.replace", "event_id": EVENT}
EDIT = {"event_id": "$edit", "content": {"m.relates_to": REPLACES}}


class Homeserver(Platform):
    """Some events in one room, newest first; it may know of relations or not."""

    def __init__(self, *events: dict[str, Any], knows_relations: bool) -> None:
        self.events = {each["event_id"]: each for each in events}
        self.knows_relations = knows_relations

    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        known = list(self.events.values())
        if "/redact/" in request.path:
            number = unquote(request.path.split("/")[-2])
            if number not in self.events:
                return 404, {"errcode": "M_NOT_FOUND"}
            self.events[number] = {"event_id": number, "content": {}}
            return 200, {"event_id": "$redaction"}
        if request.path == RELATIONS and not self.knows_relations:
            return 404, {"errcode": "M_UNRECOGNIZED"}
        if request.path == RELATIONS and EVENT in self.events:
            stands = self.events[EVENT]["content"]  # of what is redacted it tells none
            edits = [each for each in known if "m.relates_to" in each["content"]]
            return 200, {"chunk": edits if stands else []}
        return 200, {"chunk": known}


def first(**fields: Any) -> dict[str, Any]:
    return {"event_id": EVENT, "content": {"body": "지진"}} | fields


@pytest.mark.parametrize("knows_relations", [True, False])
def test_a_message_is_redacted_and_then_its_edits(*, knows_relations: bool) -> None:
    other = {"event_id": "$other", "content": {"body": "다른 글"}}
    server = Homeserver(EDIT, other, first(), knows_relations=knows_relations)
    with Receiver(server) as peer:
        receipt = matrix(peer.url).delete(EVENT, key=KEY)

    contents = [each["content"] for each in server.events.values()]
    assert contents == [{}, {"body": "다른 글"}, {}]
    one, two = (r.path for r in peer.requests if r.method == "PUT")
    assert one.startswith(f"{ROOM}/redact/%24abc%2Fdef/{KEY}.")
    assert two.startswith(f"{ROOM}/redact/%24edit/{KEY}.")
    assert one.rpartition(".")[2] != two.rpartition(".")[2], "each has its own key"
    assert receipt.remote_id == EVENT


def test_an_edit_is_redacted_where_a_try_ended_before_it() -> None:
    server = Homeserver(EDIT, first(content={}), knows_relations=True)
    with Receiver(server) as peer:
        matrix(peer.url).delete(EVENT, key=KEY)

    assert [each["content"] for each in server.events.values()] == [{}, {}]


def test_a_message_that_is_gone_counts_as_taken_back_and_a_refusal_does_not() -> None:
    with Receiver(Homeserver(knows_relations=True)) as peer:
        assert matrix(peer.url).delete(EVENT, key=KEY).remote_id == EVENT
    refused = Receiver(answer(403, b'{"errcode": "M_FORBIDDEN"}'))
    with refused as peer, pytest.raises(RejectedError):
        matrix(peer.url).delete(EVENT, key=KEY)


def test_a_message_is_found_again_by_its_key() -> None:
    events = [
        {"event_id": "$other"},
        {"event_id": EVENT, "unsigned": {"transaction_id": KEY}},
    ]
    with accepted(chunk=events) as peer:
        assert matrix(peer.url).find("{}", key=KEY, since=SINCE) == Receipt(
            remote_id=EVENT,
            url="https://matrix.to/#/!abcdefghijklmnop:matrix.example/$abc%2Fdef",
        )
        assert matrix(peer.url).find("{}", key=KEY[::-1], since=SINCE) is None

    assert peer.requests[0].path == f"{ROOM}/messages?dir=b&limit=100"


def test_a_wait_is_read_where_older_servers_write_it() -> None:
    body = b'{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}'
    with Receiver(answer(429, body)) as peer, pytest.raises(NotSentError) as caught:
        matrix(peer.url).send("{}", key=KEY)

    assert caught.value.retry_after == timedelta(seconds=1.5)


def test_a_probe_tells_whose_token_it_is() -> None:
    with accepted(user_id="@news:matrix.example") as peer:
        assert matrix(peer.url).probe() == Standing(account="@news:matrix.example")

    assert peer.requests[0].path == "/_matrix/client/v3/account/whoami"
