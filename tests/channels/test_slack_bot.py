import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.slack_bot import SlackBot
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Receipt
from tests.channels.samples import KEY, MESSAGE, SINCE, make
from tests.receiver import Behaviour, Platform, Receiver, Request, answer


class Workspace(Platform):
    """Messages of one channel, and the methods that touch them. All answers are 200."""

    headers: ClassVar = {"X_OAuth_Scopes": "chat:write, channels:history"}

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.clock = SINCE.timestamp()

    def answer(self, request: Request) -> tuple[int, Any]:
        assert request.headers["authorization"] == "Bearer xoxb-secret"
        url = urlsplit(request.path)
        method, asked = url.path.removeprefix("/"), json.loads(request.body or b"{}")
        if method == "chat.postMessage":
            self.clock += 1
            self.messages[f"{self.clock:.6f}"] = asked
            return 200, {"ok": True, "channel": "C1", "ts": f"{self.clock:.6f}"}
        if method == "conversations.history":
            oldest = float(parse_qs(url.query)["oldest"][0])
            found = [
                each | {"ts": ts} if "ts" not in each else each
                for ts, each in self.messages.items()
                if float(ts) >= oldest
            ]
            return 200, {"ok": True, "messages": found[::-1]}
        if method == "auth.test":
            return 200, {"ok": True, "user": "newsbot", "team": "Newsroom"}
        if asked["ts"] not in self.messages:
            return 200, {"ok": False, "error": "message_not_found"}
        if method == "chat.delete":
            del self.messages[asked["ts"]]
        else:
            self.messages[asked["ts"]] |= asked
        return 200, {"ok": True, "channel": "C1", "ts": asked["ts"]}


def bot(peer: Receiver) -> SlackBot:
    keys = {"token": "xoxb-secret", "channel": "C1", "base_url": peer.url}
    return SlackBot(SlackBot.Config.model_validate(keys))


def test_a_message_carries_its_key_and_is_found_by_it() -> None:
    with Receiver(room := Workspace()) as peer:
        channel = bot(peer)
        body = channel.write(MESSAGE)
        before = channel.find(body, key=KEY, since=SINCE)
        receipt = channel.send(body, key=KEY)
        room.messages |= {"1795309300.0": {"text": "of a person"}}

        assert before is None
        assert channel.find(body, key=KEY, since=SINCE) == receipt
        assert channel.find(body, key=KEY[::-1], since=SINCE) is None
        hour = timedelta(hours=1)
        assert channel.find(body, key=KEY, since=SINCE + hour) is None
    assert receipt.remote_id.startswith("C1/")
    sent = next(iter(room.messages.values()))
    assert sent["channel"] == "C1"
    assert sent["metadata"]["event_payload"] == {"delivery": KEY}
    assert "include_all_metadata=true" in peer.requests[0].path


@pytest.mark.parametrize("listed", [b"<html>", b'{"a": 1}', b'{"messages": [1]}'])
def test_an_answer_that_is_no_list_tells_nothing(listed: bytes) -> None:
    with Receiver(answer(200, listed)) as peer, pytest.raises(InDoubtError):
        bot(peer).find("{}", key=KEY, since=SINCE)


def test_a_message_is_changed_where_it_stands() -> None:
    with Receiver(room := Workspace()) as peer:
        channel = bot(peer)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)
        body = json.dumps({"channel": "C9", "text": "[정정]"})
        edited = channel.edit(receipt.remote_id, body, key=KEY)

    (message,) = room.messages.values()
    assert (message["text"], message["channel"]) == ("[정정]", "C1")
    assert edited == receipt


def test_a_change_says_only_what_slack_takes_and_letter_by_letter() -> None:
    text = "*별* & _선_ <태그>\nhttps://news.example/1?a=1&b=2"
    with Receiver(Workspace()) as peer:
        channel = bot(peer)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)
        written = channel.write(replace(MESSAGE, text=text))
        channel.edit(receipt.remote_id, written, key=KEY)

    said = json.loads(peer.requests[-1].body)
    assert said.keys() == {"channel", "ts", "text", "blocks"}
    [block] = said["blocks"]
    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "*별* & _선_ <태그>\n"},
        {"type": "link", "url": "https://news.example/1?a=1&b=2"},
    ]


def test_a_message_that_is_gone_counts_as_taken_back_and_not_as_changed() -> None:
    with Receiver(room := Workspace()) as peer:
        channel = bot(peer)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)
        for _ in range(2):
            assert channel.delete(receipt.remote_id, key=KEY) == receipt
        with pytest.raises(RejectedError, match="message_not_found"):
            channel.edit(receipt.remote_id, channel.write(MESSAGE), key=KEY)

    assert room.messages == {}


def test_a_reply_stands_in_the_thread_and_in_the_channel() -> None:
    channel = make("slack_bot")
    assert isinstance(channel, SlackBot)
    reply = json.loads(channel.reply(MESSAGE, "C7/1795.1"))

    assert reply["channel"] == "C7"
    assert (reply["thread_ts"], reply["reply_broadcast"]) == ("1795.1", True)


def test_a_probe_tells_the_bot_and_its_scopes() -> None:
    with Receiver(Workspace()) as peer:
        standing = bot(peer).probe()

    scopes = ["chat:write", "channels:history"]
    assert standing == Standing(account="newsbot at Newsroom", scopes=scopes)


# Refusals, which come with 200


def refused(error: str, **headers: str) -> Behaviour:
    return answer(200, json.dumps({"ok": False, "error": error}).encode(), **headers)


@pytest.mark.parametrize(
    ("error", "unwelcome"),
    [("invalid_auth", True), ("not_in_channel", True), ("msg_too_long", False)],
)
def test_a_refusal_of_us_pauses_the_channel(error: str, *, unwelcome: bool) -> None:
    with Receiver(refused(error)) as peer, pytest.raises(RejectedError) as caught:
        bot(peer).send('{"text":""}', key=KEY)

    assert caught.value.unwelcome is unwelcome


@pytest.mark.parametrize("error", ["fatal_error", "internal_error"])
def test_an_error_that_may_have_posted_is_a_doubt(error: str) -> None:
    with Receiver(refused(error)) as peer, pytest.raises(InDoubtError):
        bot(peer).send('{"text":""}', key=KEY)


def test_flood_control_is_obeyed() -> None:
    behave = refused("ratelimited", Retry_After="30")
    with Receiver(behave) as peer, pytest.raises(NotSentError) as caught:
        bot(peer).send('{"text":""}', key=KEY)

    assert caught.value.retry_after == timedelta(seconds=30)


def test_a_message_of_the_ledger_names_the_place_it_was_sent_to() -> None:
    with Receiver(Workspace()) as peer:
        receipt = bot(peer).send(bot(peer).write(MESSAGE), key=KEY)

    assert receipt == Receipt(remote_id=f"C1/{SINCE.timestamp() + 1:.6f}")
