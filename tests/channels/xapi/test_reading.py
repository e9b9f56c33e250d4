"""The account's own posts, after a doubt and before an edit."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from syndicate.channels.x import X
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Memory, Message, Receipt
from tests.channels.samples import make
from tests.receiver import Connection, Receiver, Request, answer

KEY = "0123456789abcdef" * 4
SINCE = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] A&B 합병 <종합>\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] A&B 합병 <종합>",
    excerpt="",
    language="ko",
)


class Timeline:
    """Posts of one account, told as X tells them: escaped, with its own addresses."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.readable = True
        self.loses = False  # whether the answer to the next post is lost

    def __call__(self, connection: Connection) -> None:
        status, said = self.answer(connection.read())
        body = json.dumps(said).encode()
        if self.loses and status == 201:
            self.loses = False
            return
        head = f"HTTP/1.1 {status} So\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)

    def answer(self, request: Request) -> tuple[int, Any]:
        path = urlsplit(request.path).path
        if request.method == "POST":
            return 201, {"data": {"id": self.post(json.loads(request.body))}}
        if not self.readable:
            return 403, {"title": "Client Forbidden"}
        if path == "/2/users/me":
            return 200, {"data": {"id": "42", "username": "news"}}
        if path == "/2/users/42/tweets":
            posts = list(self.posts.values())[::-1]
            meta = {"meta": {"result_count": len(posts)}}
            return 200, meta | ({"data": posts} if posts else {})
        number = path.rpartition("/")[2]
        chain = [
            each for each in self.posts.values()
            if number in each["edit_history_tweet_ids"]
        ]  # fmt: skip
        return 200, {"data": chain[-1]} if chain else {"errors": [{}]}

    def post(self, asked: dict[str, Any]) -> str:
        number = str(len(self.posts) + 100)
        before = asked.get("edit_options", {}).get("previous_post_id")
        history = self.posts[before]["edit_history_tweet_ids"] if before else []
        text = asked["text"].replace("&", "&amp;")
        text = text.replace("<", "&lt;").replace(">", "&gt;")
        urls = []
        for long in (part for part in asked["text"].split() if "://" in part):
            urls.append({"url": f"https://t.co/{number}", "expanded_url": long})
            text = text.replace(long, f"https://t.co/{number}")
        self.posts[number] = {
            "id": number,
            "text": text,
            "entities": {"urls": urls},
            "edit_history_tweet_ids": [*history, number],
            "edit_controls": {"is_edit_eligible": True, "edits_remaining": 5},
        }
        return number


def account(url: str | None = None, **keys: Any) -> X:
    channel = make("x", url, **{"access_token": "42-secret", **keys})
    assert isinstance(channel, X)
    return channel


def paths(peer: Receiver) -> list[str]:
    return [f"{each.method} {urlsplit(each.path).path}" for each in peer.requests]


# After a doubt


def test_a_post_whose_answer_was_lost_is_found() -> None:
    with Receiver(timeline := Timeline()) as peer:
        channel = account(peer.url)
        body = channel.write(MESSAGE)
        before = channel.find(body, key=KEY, since=SINCE)
        timeline.loses = True
        with pytest.raises(InDoubtError):
            channel.send(body, key=KEY)
        found = channel.find(body, key=KEY, since=SINCE)

    assert before is None
    assert found == Receipt(remote_id="100", url="https://x.com/i/status/100")
    asked = parse_qs(urlsplit(peer.requests[0].path).query)
    assert asked["start_time"] == ["2026-11-22T09:59:05Z"]
    assert asked["max_results"] == ["100"]


def test_the_number_of_an_account_is_asked_for_where_its_token_does_not_tell() -> None:
    config = X.Config.model_validate
    with Receiver(Timeline()) as peer:
        channel = X(config({"token": "put-the-user-token-here", "base_url": peer.url}))
        assert channel.find(channel.write(MESSAGE), key=KEY, since=SINCE) is None

    assert paths(peer) == ["GET /2/users/me", "GET /2/users/42/tweets"]


@pytest.mark.parametrize(
    "other",
    [
        "[속보] A&B 합병 <종합>\nhttps://news.example/2",
        "[정정] A&B 합병 <종합>\nhttps://news.example/1",
        "[속보] A&B 합병 <종합>",
    ],
)
def test_a_post_that_says_anything_else_is_another(other: str) -> None:
    with Receiver(timeline := Timeline()) as peer:
        timeline.post({"text": other})
        channel = account(peer.url)

        assert channel.find(channel.write(MESSAGE), key=KEY, since=SINCE) is None


def test_a_bare_name_and_the_address_of_a_picture_do_not_hide_a_post() -> None:
    with Receiver(timeline := Timeline()) as peer:
        timeline.post({"text": "자세히 https://t.co/a https://t.co/b"})
        timeline.posts["100"] |= {
            "text": "자세히 https://t.co/a https://t.co/b",
            "entities": {
                "urls": [
                    {
                        "url": "https://t.co/a",
                        "expanded_url": "http://news.or.kr",
                        "display_url": "news.or.kr",
                    },
                    {
                        "url": "https://t.co/b",
                        "expanded_url": "https://x.com/news/status/100/photo/1",
                        "display_url": "pic.x.com/b",
                    },
                ]
            },
        }
        timeline.posts["100"]["entities"]["urls"][1]["display_url"] = "pic.x.com/b"
        found = account(peer.url).find(
            '{"text": "자세히 news.or.kr"}', key=KEY, since=SINCE
        )

    assert found


@pytest.mark.parametrize(
    "listed",
    [
        b"<html>",
        b'{"data": []}',
        b'{"meta": {}, "data": [1]}',
        b'{"meta": {}, "data": [{"id": "1", "text": 1}]}',
        b'{"meta": {}, "data": [{"text": "a"}]}',
        b'{"meta": {}, "data": [{"text": "a", "entities": {"urls": [{}]}}]}',
    ],
)
def test_an_answer_that_is_no_list_tells_nothing(listed: bytes) -> None:
    with Receiver(answer(200, listed)) as peer, pytest.raises(InDoubtError):
        account(peer.url).find('{"text": "a"}', key=KEY, since=SINCE)


def test_a_doubt_is_looked_up_only_where_reading_is_allowed() -> None:
    allowed, not_allowed = account(reads=True), account()

    assert allowed.configured_limits.memory is Memory.READ_BACK
    assert allowed.configured_limits.look_after == timedelta(seconds=30)
    assert not allowed.configured_limits.resend_after
    assert not_allowed.configured_limits.look_after is None


# Before an edit


def edit(channel: X, number: str, text: str = "[정정] https://news.example/1") -> str:
    receipt = channel.edit(number, json.dumps({"text": text}), key=KEY)
    return receipt.remote_id


def test_an_edit_whose_answer_was_lost_is_found_and_not_made_twice() -> None:
    with Receiver(timeline := Timeline()) as peer:
        channel = account(peer.url)
        first = timeline.post({"text": MESSAGE.text})
        timeline.loses = True
        with pytest.raises(InDoubtError):
            edit(channel, first)

        assert edit(channel, first) == "101"
    assert len(timeline.posts) == 2
    assert paths(peer) == ["GET /2/tweets/100", "POST /2/tweets", "GET /2/tweets/100"]


def test_what_was_edited_before_is_edited_at_its_newest() -> None:
    with Receiver(timeline := Timeline()) as peer:
        channel = account(peer.url)
        first = timeline.post({"text": MESSAGE.text})
        edit(channel, first, "[정정] 규모 4.2")

        assert edit(channel, first, "[정정] 규모 4.3") == "102"
    assert timeline.posts["102"]["edit_history_tweet_ids"] == ["100", "101", "102"]


@pytest.mark.parametrize(
    "controls", [{"is_edit_eligible": False}, {"edits_remaining": 0}]
)
def test_what_x_lets_be_edited_no_more_is_not_tried(controls: dict[str, Any]) -> None:
    with Receiver(timeline := Timeline()) as peer:
        first = timeline.post({"text": MESSAGE.text})
        timeline.posts[first]["edit_controls"] |= controls
        with pytest.raises(RejectedError, match="edited no more"):
            edit(account(peer.url), first)

    assert paths(peer) == ["GET /2/tweets/100"]


@pytest.mark.parametrize("readable", [True, False])
def test_an_edit_is_tried_where_nothing_can_be_read(*, readable: bool) -> None:
    with Receiver(timeline := Timeline()) as peer:
        first = timeline.post({"text": MESSAGE.text})
        timeline.posts[first]["edit_history_tweet_ids"] = [first]
        timeline.readable = readable

        assert edit(account(peer.url), first) == "101"
