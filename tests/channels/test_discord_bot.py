import json
from typing import Any

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.discord_bot import DiscordBot
from syndicate.errors import InDoubtError
from syndicate.model import Receipt
from tests.channels.samples import KEY, MESSAGE, SINCE, make
from tests.receiver import Platform, Receiver, Request, answer


class Room(Platform):
    """A channel that knows a nonce, as Discord does, and lists newest first."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def answer(self, request: Request) -> tuple[int, Any]:
        if request.method == "GET":
            return 200, self.messages[::-1]
        asked = json.loads(request.body)
        assert asked["enforce_nonce"] is True
        known = [each for each in self.messages if each["nonce"] == asked["nonce"]]
        if not known:
            made = {"id": str(len(self.messages) + 1), "author": {"bot": True}}
            self.messages.append(asked | made)
        return 200, (known or self.messages)[-1]


def bot(peer: Receiver) -> DiscordBot:
    keys = {"token": "secret-token", "channel": "5", "base_url": peer.url}
    return DiscordBot(DiscordBot.Config.model_validate(keys))


def test_a_repeat_is_recognised_by_its_nonce() -> None:
    with Receiver(room := Room()) as peer:
        channel = bot(peer)
        body = channel.write(MESSAGE)
        first, again = channel.send(body, key=KEY), channel.send(body, key=KEY)
        channel.send(body, key=KEY[::-1])

    assert first == again == Receipt(remote_id="5/1")
    assert [each["nonce"] for each in room.messages] == [KEY[:25], KEY[::-1][:25]]
    assert {each.path for each in peer.requests} == {"/channels/5/messages"}
    assert peer.requests[0].headers["authorization"] == "Bot secret-token"


def test_a_message_is_looked_for_among_those_since() -> None:
    with Receiver(room := Room()) as peer:
        channel = bot(peer)
        body = channel.write(MESSAGE)
        before = channel.find(body, key=KEY, since=SINCE)
        channel.send(body, key=KEY)
        room.messages.append({"author": {}, "content": json.loads(body)["content"]})
        found = channel.find(body, key=KEY, since=SINCE)

    assert before is None
    assert found == Receipt(remote_id="5/1")
    # 2026-11-22T09:59:05Z in milliseconds since 2015, above 22 bits.
    assert peer.requests[0].path.endswith("?limit=100&after=1574001264558080000")


@pytest.mark.parametrize("listed", [b"<html>", b'{"a": 1}', b"[1]", b'[{"id": 1}]'])
def test_an_answer_that_is_no_list_tells_nothing(listed: bytes) -> None:
    with Receiver(answer(200, listed)) as peer, pytest.raises(InDoubtError):
        bot(peer).find(make("discord_bot").write(MESSAGE), key=KEY, since=SINCE)


def test_a_reply_names_what_it_answers_even_if_that_is_gone() -> None:
    body = make("discord_bot").write(MESSAGE)
    channel = make("discord_bot")
    assert isinstance(channel, DiscordBot)
    reply = json.loads(channel.reply(MESSAGE, "5/1"))

    first = {"message_id": "1", "fail_if_not_exists": False}
    assert reply == json.loads(body) | {"message_reference": first}


def test_what_was_sent_is_changed_where_it_was_sent() -> None:
    with Receiver(answer(200, b'{"id": "1"}')) as peer:
        bot(peer).edit("4/1", "{}", key=KEY)
        bot(peer).delete("4/1", key=KEY)

    assert [f"{each.method} {each.path}" for each in peer.requests] == [
        "PATCH /channels/4/messages/1",
        "DELETE /channels/4/messages/1",
    ]


def test_a_probe_tells_the_bots_name() -> None:
    with Receiver(answer(200, b'{"id": "9", "username": "newsbot"}')) as peer:
        assert bot(peer).probe() == Standing(account="bot newsbot")
