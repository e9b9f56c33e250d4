import json
from datetime import timedelta
from typing import Any

import pytest

from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] A&B <합병>\n\nhttps://news.example/?a=1&b=2",
    link="https://news.example/?a=1&b=2",
    title="[속보] A&B <합병>",
    excerpt="",
    language="ko",
)


def told(status: int, **answered: Any) -> Receipt:
    with Receiver(answer(status, json.dumps(answered).encode())) as peer:
        channel = make("telegram", peer.url)
        return channel.send(channel.write(MESSAGE), key=KEY)


def test_a_message_goes_to_the_chat_with_its_title_in_bold() -> None:
    body = {"ok": True, "result": {"message_id": 7, "chat": {"username": "newsdesk"}}}
    with Receiver(answer(200, json.dumps(body).encode())) as peer:
        channel = make("telegram", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert request.path == "/bot123456789:put-the-bot-token-here/sendMessage"
    assert json.loads(request.body) == {
        "chat_id": "@newsdesk",
        "parse_mode": "HTML",
        "text": "<b>[속보] A&amp;B &lt;합병&gt;</b>\n\nhttps://news.example/?a=1&amp;b=2",
    }
    assert receipt == Receipt(remote_id="7", url="https://t.me/newsdesk/7")


def test_a_text_that_does_not_begin_with_the_title_is_plain() -> None:
    other = Message(
        text="정정: <b>", link=None, title="정정", excerpt="", language="ko"
    )

    assert json.loads(make("telegram").write(other))["text"] == "정정: &lt;b&gt;"


def test_a_chat_may_be_a_number_and_then_has_no_address() -> None:
    with Receiver(answer(200, b'{"ok": true, "result": {"message_id": 7}}')) as peer:
        channel = make("telegram", peer.url, chat=-1001234)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert json.loads(peer.requests[0].body)["chat_id"] == -1001234
    assert receipt == Receipt(remote_id="7")


def test_flood_control_is_obeyed() -> None:
    with pytest.raises(NotSentError) as caught:
        told(429, ok=False, error_code=429, parameters={"retry_after": 31})

    assert caught.value.retry_after == timedelta(seconds=31)


def test_a_refusal_counts_whatever_the_status_says() -> None:
    with pytest.raises(RejectedError, match="can't parse entities") as caught:
        told(200, ok=False, error_code=400, description="can't parse entities")

    assert not caught.value.unwelcome


@pytest.mark.parametrize(
    ("status", "description", "parameters"),
    [
        (400, "Bad Request: chat not found", {}),
        (400, "upgraded to a supergroup", {"migrate_to_chat_id": -1009}),
        (403, "Forbidden: bot was kicked from the channel chat", {}),
        (401, "Unauthorized", {}),
        (404, "Not Found", {}),
    ],
)
def test_a_chat_that_is_gone_pauses_the_channel(
    status: int, description: str, parameters: dict[str, int]
) -> None:
    with pytest.raises(RejectedError) as caught:
        told(
            status,
            ok=False,
            error_code=status,
            description=description,
            parameters=parameters,
        )

    assert caught.value.unwelcome


@pytest.mark.parametrize(
    "body",
    [
        {"ok": False},
        {"ok": False, "error_code": 500},
        {"ok": False, "error_code": "400"},
        {"ok": False, "error_code": 200},
        {"ok": True, "result": {"message_id": True}},
        {"ok": True, "result": [7]},
    ],
)
def test_an_answer_that_says_neither_yes_nor_no_is_in_doubt(
    body: dict[str, Any],
) -> None:
    with pytest.raises(InDoubtError):
        told(200, **body)
