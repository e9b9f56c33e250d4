import json
from datetime import timedelta
from typing import Any

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.telegram import Telegram
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Platform, Receiver, Request, answer

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
    chat = {"id": -1001, "username": "newsdesk"}
    body = {"ok": True, "result": {"message_id": 7, "chat": chat}}
    with Receiver(answer(200, json.dumps(body).encode())) as peer:
        channel = make("telegram", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert request.path == "/bot123456789:put-the-bot-token-here/sendMessage"
    assert json.loads(request.body) == {
        "chat_id": "@newsdesk",
        "link_preview_options": {"url": "https://news.example/?a=1&b=2"},
        "parse_mode": "HTML",
        "text": "<b>[속보] A&amp;B &lt;합병&gt;</b>\n\nhttps://news.example/?a=1&amp;b=2",
    }
    assert receipt == Receipt(remote_id="-1001/7", url="https://t.me/newsdesk/7")


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
    assert receipt == Receipt(remote_id="-1001234/7")


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


# After it was sent


class Chat(Platform):
    """Messages of one chat, and the methods that touch them."""

    def __init__(self) -> None:
        self.messages: dict[int, str] = {}

    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        asked, method = json.loads(request.body), request.path.rpartition("/")[2]
        number = asked.get("message_id", len(self.messages) + 1)
        if method == "getMe":
            return _yes({"id": 42, "username": "newsbot"})
        if method == "getChatMember":
            assert asked == {"chat_id": "@newsdesk", "user_id": 42}
            rights = {"can_post_messages": True, "can_delete_messages": False}
            return _yes({"status": "administrator", **rights})
        if method == "sendMessage":
            self.messages[number] = asked["text"]
        elif number not in self.messages:
            verb = "edit" if "edit" in method else "delete"
            return _no(f"message to {verb} not found")
        elif method == "deleteMessage":
            del self.messages[number]
            return _yes(result=True)
        elif self.messages[number] == asked["text"]:
            return _no("message is not modified: specified new message content …")
        else:
            self.messages[number] = asked["text"]
        return _yes({"message_id": number, "chat": {"id": -1001}})


def _yes(result: object) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": result}


def _no(description: str) -> tuple[int, dict[str, Any]]:
    said = {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: {description}",
    }
    return 400, said


def telegram(peer: Receiver) -> Telegram:
    channel = make("telegram", peer.url)
    assert isinstance(channel, Telegram)
    return channel


def test_a_message_is_changed_and_the_same_change_again_counts_too() -> None:
    with Receiver(chat := Chat()) as peer:
        channel = telegram(peer)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)
        other = channel.write(
            Message(text="[정정]", link=None, title="", excerpt="", language="ko")
        )
        edited = [channel.edit(receipt.remote_id, other, key=KEY) for _ in range(2)]

    assert chat.messages == {1: "[정정]"}
    assert [each.remote_id for each in edited] == ["-1001/1"] * 2
    assert json.loads(peer.requests[1].body)["chat_id"] == "-1001"


def test_a_message_that_is_gone_counts_as_taken_back_and_not_as_changed() -> None:
    with Receiver(chat := Chat()) as peer:
        channel = telegram(peer)
        channel.send(channel.write(MESSAGE), key=KEY)
        for _ in range(2):
            assert channel.delete("-1001/1", key=KEY) == Receipt(remote_id="-1001/1")
        with pytest.raises(RejectedError, match="not found") as caught:
            channel.edit("-1001/1", channel.write(MESSAGE), key=KEY)

    assert chat.messages == {}
    assert not caught.value.unwelcome


def test_a_number_without_a_chat_is_of_the_chat_that_is_configured() -> None:
    with Receiver(Chat()) as peer:
        telegram(peer).delete("7", key=KEY)

    assert json.loads(peer.requests[0].body) == {
        "chat_id": "@newsdesk",
        "message_id": 7,
    }


def test_a_reply_is_said_even_if_what_it_answers_is_gone() -> None:
    channel = make("telegram")
    assert isinstance(channel, Telegram)
    reply = json.loads(channel.reply(MESSAGE, "-1001/7"))

    assert reply == json.loads(channel.write(MESSAGE)) | {
        "chat_id": "-1001",
        "reply_parameters": {"message_id": 7, "allow_sending_without_reply": True},
    }


def test_a_probe_tells_the_bot_and_its_rights_in_the_chat() -> None:
    with Receiver(chat := Chat()) as peer:
        standing = telegram(peer).probe()

    assert standing == Standing(
        account="@newsbot, administrator in @newsdesk", scopes=["can_post_messages"]
    )
    assert chat.messages == {}
