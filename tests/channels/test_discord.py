import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicate.alerts.count import count
from syndicate.channels.base import Standing
from syndicate.channels.discord import Discord
from syndicate.channels.discordapp.words import escaped_utf_16_units
from syndicate.errors import NotSentError, RejectedError
from syndicate.model import Message, Picture, Receipt
from tests.channels.samples import make
from tests.receiver import Behaviour, Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] *지진* 5_2\nhttps://news.example/a_b_c",
    link="https://news.example/a_b_c",
    title="[속보] *지진* 5_2",
    excerpt="@everyone 주민 대피.",
    language="ko",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)
MADE = b'{"id": "77", "channel_id": "5"}'


def webhook(url: str, **keys: Any) -> Discord:
    config = Discord.Config.model_validate({"webhook_url": f"{url}/1/token", **keys})
    return Discord(config)


def refused(behave: Behaviour) -> RejectedError:
    with Receiver(behave) as peer, pytest.raises(RejectedError) as caught:
        webhook(peer.url).send(webhook(peer.url).write(MESSAGE), key=KEY)
    return caught.value


def test_a_message_is_escaped_calls_nobody_and_has_one_card() -> None:
    assert json.loads(make("discord").write(MESSAGE)) == {
        "allowed_mentions": {"parse": []},
        "content": r"[속보] \*지진\* 5\_2" + "\n<https://news.example/a_b_c>",
        "embeds": [
            {
                "title": "[속보] *지진* 5_2",
                "url": "https://news.example/a_b_c",
                "description": "@everyone 주민 대피.",
                "image": {
                    "url": "https://news.example/1.jpg",
                    "description": "무너진 담",
                },
            }
        ],
    }


def test_bare_words_have_no_card_and_a_picture_may_lack_words() -> None:
    bare = replace(MESSAGE, link=None, text="속보", picture=None)
    unseen = replace(MESSAGE, excerpt="", picture=Picture(url="https://a.kr/1.jpg"))

    assert "embeds" not in json.loads(make("discord").write(bare))
    (card,) = json.loads(make("discord").write(unseen))["embeds"]
    assert card["image"] == {"url": "https://a.kr/1.jpg"}
    assert "description" not in card


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("# 속보\n- 하나\n> 둘", "\\# 속보\n\\- 하나\n\\> 둘"),
        ("<@1> || [a](b) \\", r"\<@1> \|\| [a\](b) " + "\\\\"),
        ("#1 ~ 2-1 `x`", r"\#1 \~ 2-1 \`x\`"),
    ],
)
def test_markdown_reads_as_it_was_written(text: str, content: str) -> None:
    written = make("discord").write(replace(MESSAGE, text=text, link=None))

    assert json.loads(written)["content"] == content
    assert count(text, Discord.limits) == len(content)


def test_what_is_counted_is_what_is_sent() -> None:
    content = json.loads(make("discord").write(MESSAGE))["content"]

    assert escaped_utf_16_units(MESSAGE.text) == len(content)


def test_a_webhook_is_always_waited_for() -> None:
    with Receiver(answer(200, MADE)) as peer:
        channel = webhook(peer.url, thread="9")
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert (request.method, request.path) == ("POST", "/1/token?wait=true&thread_id=9")
    assert receipt.remote_id == "77"


def test_a_message_is_changed_and_taken_back() -> None:
    with Receiver(answer(200, MADE)) as peer:
        channel = webhook(peer.url)
        channel.edit("77", channel.write(MESSAGE), key=KEY)
        channel.delete("77", key=KEY)

    assert [f"{each.method} {each.path}" for each in peer.requests] == [
        "PATCH /1/token/messages/77",
        "DELETE /1/token/messages/77",
    ]


def test_a_message_that_is_gone_counts_as_taken_back_and_not_as_changed() -> None:
    gone = answer(404, b'{"message": "Unknown Message", "code": 10008}')
    with Receiver(gone) as peer:
        receipt = webhook(peer.url).delete("77", key=KEY)
        with pytest.raises(RejectedError) as caught:
            webhook(peer.url).edit("77", "{}", key=KEY)

    assert receipt == Receipt(remote_id="77")
    assert not caught.value.unwelcome


def test_a_deletion_has_no_body_in_its_answer() -> None:
    with Receiver(answer(204, b"")) as peer:
        assert webhook(peer.url).delete("77", key=KEY) == Receipt(remote_id="77")


def test_a_webhook_that_is_gone_pauses_the_channel() -> None:
    assert refused(answer(404, b'{"code": 10015}')).unwelcome
    assert not refused(answer(404, b'{"code": 0}')).unwelcome


def test_the_wait_is_in_the_body_to_the_fraction_of_a_second() -> None:
    behave = answer(429, b'{"retry_after": 0.65, "global": false}', Retry_After="1")
    with Receiver(behave) as peer, pytest.raises(NotSentError) as caught:
        webhook(peer.url).send("{}", key=KEY)

    assert caught.value.retry_after == timedelta(seconds=0.65)


def test_a_probe_tells_the_name_and_posts_nothing() -> None:
    with Receiver(answer(200, b'{"name": "newsdesk", "id": "1"}')) as peer:
        standing = webhook(peer.url).probe()

    assert standing == Standing(account="webhook newsdesk")
    assert [f"{each.method} {each.path}" for each in peer.requests] == ["GET /1/token"]


def test_the_token_alone_is_a_secret_too() -> None:
    assert "token" in webhook("https://discord.com/api/webhooks").secrets()
