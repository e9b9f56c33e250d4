import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from syndicate.channels.base import Probes, Standing
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Picture, Receipt
from tests.channels.samples import make
from tests.receiver import Platform, Receiver, Request, answer

KEY = "0123456789abcdef" * 4
PICTURE = Picture(url="https://news.example/1.jpg", type="image/jpeg", length=90_000)
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)


def told(status: int, body: bytes = b"{}", **headers: str) -> Receipt:
    with Receiver(answer(status, body, **headers)) as peer:
        channel = make("line", peer.url)
        return channel.send(channel.write(MESSAGE), key=KEY)


def bubbles(message: Message) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(make("line").write(message))["messages"]
    return found


def test_a_broadcast_carries_the_token_and_a_retry_key_from_the_first_try_on() -> None:
    with Receiver(answer(200, b"{}", X_Line_Request_Id="r-1")) as peer:
        channel = make("line", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert (request.method, request.path) == ("POST", "/v2/bot/message/broadcast")
    assert (
        request.headers["authorization"] == "Bearer put-the-channel-access-token-here"
    )
    assert str(UUID(request.headers["x-line-retry-key"])).startswith(
        "01234567-89ab-4def"
    )
    assert json.loads(request.body) == {
        "messages": [{"type": "text", "text": MESSAGE.text}]
    }
    assert receipt == Receipt(remote_id="r-1")


def test_a_repeat_of_what_was_accepted_is_accepted() -> None:
    body = b'{"message": "The retry key is already accepted"}'

    receipt = told(409, body, X_Line_Accepted_Request_Id="r-1", X_Line_Request_Id="r-2")

    assert receipt.remote_id == "r-1"


def test_another_conflict_is_in_doubt() -> None:
    with pytest.raises(InDoubtError):
        told(409, b'{"message": "conflict"}')


def test_an_answer_without_a_request_id_proves_nothing() -> None:
    with pytest.raises(InDoubtError, match="x-line-request-id"):
        told(200)


def test_a_picture_is_a_bubble_of_its_own() -> None:
    assert bubbles(replace(MESSAGE, picture=PICTURE)) == [
        {"type": "text", "text": MESSAGE.text},
        {
            "type": "image",
            "originalContentUrl": PICTURE.url,
            "previewImageUrl": PICTURE.url,
        },
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://news.example/1.jpg"},
        {"url": "https://news.example/" + "a" * 2_000},
        {"type": "image/webp"},
        {"length": 1_000_001},
    ],
)
def test_a_picture_line_would_refuse_does_not_hold_back_the_words(
    wrong: dict[str, Any],
) -> None:
    picture = replace(PICTURE, **wrong)

    assert [each["type"] for each in bubbles(replace(MESSAGE, picture=picture))] == [
        "text"
    ]


def test_a_spent_month_pauses_the_channel_and_haste_does_not() -> None:
    with pytest.raises(RejectedError) as caught:
        told(429, b'{"message": "You have reached your monthly limit."}')
    assert caught.value.unwelcome

    with pytest.raises(NotSentError):
        told(429, b'{"message": "The API rate limit has been exceeded."}')


class LineAccount(Platform):
    """An account with a quota, whose token holds for a while."""

    def __init__(self, quota: dict[str, Any], holds: object = None) -> None:
        self.quota, self.holds = quota, holds

    def answer(self, request: Request) -> tuple[int, Any]:
        if "/verify" in request.path:
            known = {"client_id": "1", "expires_in": self.holds}
            return (200, known) if self.holds else (400, {"error": "invalid_request"})
        answers: dict[str, Any] = {
            "/v2/bot/info": {"displayName": "뉴스", "basicId": "@news"},
            "/v2/bot/message/quota": self.quota,
            "/v2/bot/message/quota/consumption": {"totalUsage": 120},
        }
        return 200, answers[request.path]


@pytest.mark.parametrize(
    ("quota", "said"),
    [
        ({"type": "limited", "value": 200}, "120 of 200 messages used this month"),
        ({"type": "none"}, "120 messages used this month, without limit"),
    ],
)
def test_a_probe_tells_the_account_and_what_is_left_and_posts_nothing(
    quota: dict[str, Any], said: str
) -> None:
    with Receiver(LineAccount(quota)) as peer:
        channel = make("line", peer.url)
        assert isinstance(channel, Probes)
        standing = channel.probe()

    assert standing == Standing(account="뉴스 @news", quota=said)
    assert not any("broadcast" in request.path for request in peer.requests)


WEB_TOKEN = "eyJhbGciOiJIUzI1NiJ9.put-the.token+here"
LONG_LIVED = "put-the/token+here=="


@pytest.mark.parametrize(
    ("token", "asked"),
    [
        (
            WEB_TOKEN,
            f"GET /oauth2/v2.1/verify?access_token={quote(WEB_TOKEN, safe='')} ",
        ),
        (
            LONG_LIVED,
            f"POST /v2/oauth/verify access_token={quote(LONG_LIVED, safe='')}",
        ),
    ],
)
def test_a_probe_tells_when_the_token_ends(token: str, asked: str) -> None:
    day = 24 * 3600
    with Receiver(LineAccount({"type": "none"}, 30 * day)) as peer:
        channel = make("line", peer.url, token=token)
        assert isinstance(channel, Probes)
        standing = channel.probe()

    last = peer.requests[-1]
    assert f"{last.method} {last.path} {last.body.decode()}" == asked
    assert "authorization" not in last.headers
    assert standing.expires
    left = standing.expires - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


@pytest.mark.parametrize("holds", [0, -1, 10**12, "soon", True])
def test_a_token_that_does_not_say_when_it_ends_has_no_end(holds: object) -> None:
    with Receiver(LineAccount({"type": "none"}, holds)) as peer:
        channel = make("line", peer.url)
        assert isinstance(channel, Probes)

        assert channel.probe().expires is None
