import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.bluesky import Bluesky, graphemes_or_tenths_of_bytes
from syndicate.channels.wire.session import Pocket, Session
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.pds import ACCOUNT, Pds
from tests.channels.samples import make
from tests.receiver import Connection, Receiver, answer, hang

KEY = "5be0" * 13 + "01a202b2d903"  # of 2026-11-22, 10:00:05.123 UTC
OTHER = "e05b" * 13 + KEY[-12:]
LATER = "e05b" * 13 + "01a202e9c803"  # an hour later
MESSAGE = Message(
    text="[속보] 지진 #속보\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="주민 대피.",
    language="ko-KR",
)
SINCE = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)


@pytest.fixture
def pds() -> Pds:
    return Pds()


@pytest.fixture
def peer(pds: Pds) -> Iterator[Receiver]:
    with Receiver(pds) as receiver:
        yield receiver


def account(peer: Receiver, *, password: str = "right") -> Bluesky:
    """Give a channel that has not signed in yet."""
    keys = {"handle": "news.example", "app_password": password, "pds": peer.url}
    return Bluesky(Bluesky.Config.model_validate(keys))


def sent(channel: Bluesky, message: Message = MESSAGE) -> Receipt:
    return channel.send(channel.write(message), key=KEY)


# Writing


def test_a_post_has_links_hashtags_language_and_a_card() -> None:
    record = json.loads(make("bluesky").write(MESSAGE))

    assert record == {
        "$type": "app.bsky.feed.post",
        "text": MESSAGE.text,
        "langs": ["ko-KR"],
        "facets": [
            {
                "index": {"byteStart": 16, "byteEnd": 23},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "속보"}],
            },
            {
                "index": {"byteStart": 24, "byteEnd": 46},
                "features": [
                    {
                        "$type": "app.bsky.richtext.facet#link",
                        "uri": "https://news.example/1",
                    }
                ],
            },
        ],
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": {
                "uri": "https://news.example/1",
                "title": "[속보] 지진",
                "description": "주민 대피.",
            },
        },
    }


def test_bare_words_have_neither_card_nor_facets() -> None:
    bare = Message(text="속보", link=None, title="", excerpt="", language="")

    assert json.loads(make("bluesky").write(bare)) == {
        "$type": "app.bsky.feed.post",
        "text": "속보",
    }


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("가" * 300, 300),
        ("a" * 300, 300),
        ("👨‍👩‍👧‍👦" * 120, 300),  # 3,000 bytes, though only 120 graphemes
        ("👨‍👩‍👧‍👦" * 121, 303),
        ("", 0),
    ],
)
def test_graphemes_and_bytes_are_both_counted(text: str, units: int) -> None:
    assert graphemes_or_tenths_of_bytes(text) == units


# Sending


def test_a_post_is_put_under_a_key_of_its_own(pds: Pds, peer: Receiver) -> None:
    receipt = sent(account(peer))

    ((name, record),) = pds.records.items()
    assert re.fullmatch("[2-7a-j][2-7a-z]{12}", name), "a TID"
    assert record["text"] == MESSAGE.text
    assert receipt.remote_id.startswith(f"at://{ACCOUNT}/app.bsky.feed.post/{name}#")
    assert receipt.url == f"https://bsky.app/profile/{ACCOUNT}/post/{name}"
    assert pds.calls == ["createSession", "putRecord"]


def test_a_repeat_changes_nothing_and_another_delivery_is_another_post(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    first, again = sent(channel), sent(channel)
    other = channel.send(channel.write(MESSAGE), key=OTHER)

    assert first == again != other
    assert len(pds.records) == 2


def test_a_post_that_was_changed_since_is_known_to_have_arrived(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    sent(channel)
    (name,) = pds.records
    pds.records[name]["text"] = "edited in an app"
    with pytest.raises(RejectedError, match="InvalidSwap") as caught:
        sent(channel)

    assert caught.value.repeat
    assert not caught.value.unwelcome


def test_the_session_is_used_again_and_renewed_when_it_expires(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    sent(channel)
    pds.access += 1  # what we hold has expired
    sent(channel)

    assert pds.calls == [
        *("createSession", "putRecord"),
        *("putRecord", "refreshSession", "putRecord"),
    ]


def test_a_session_too_old_to_renew_is_opened_anew(pds: Pds, peer: Receiver) -> None:
    channel = account(peer)
    channel.safe = Pocket(Session(account=ACCOUNT, access="old", refresh="old"))
    sent(channel)

    assert pds.calls == ["putRecord", "refreshSession", "createSession", "putRecord"]


def test_a_wrong_password_pauses_the_channel_and_nothing_is_in_doubt(
    pds: Pds, peer: Receiver
) -> None:
    with pytest.raises(RejectedError, match="AuthenticationRequired") as caught:
        sent(account(peer, password="wrong"))

    assert caught.value.unwelcome
    assert pds.calls == ["createSession"]


@pytest.mark.parametrize(
    "behave", [answer(500), answer(200), answer(200, b'{"refreshJwt": "half"}')]
)
def test_without_a_session_nothing_was_sent(behave: Any) -> None:
    with Receiver(behave) as peer, pytest.raises(NotSentError) as caught:
        sent(account(peer))

    assert "half" not in str(caught.value)


def test_all_requests_of_a_try_share_its_deadline(pds: Pds) -> None:
    def behave(connection: Connection) -> None:
        (hang if len(pds.calls) == 2 else pds)(connection)

    with Receiver(behave) as peer:
        channel = account(peer)
        sent(channel)
        channel.deadline = timedelta(seconds=1)
        with pytest.raises(InDoubtError):
            sent(channel)


def test_tokens_do_not_come_back_in_an_error(peer: Receiver, pds: Pds) -> None:
    channel = account(peer)
    sent(channel)

    assert {"access-1", "refresh-1", "right"} <= set(channel.secrets())
    assert "access-1" not in repr(channel.session)


@pytest.mark.parametrize(
    ("reset", "wait"), [("1795309260", timedelta(minutes=1)), ("soon", None)]
)
def test_the_wait_is_until_the_limit_starts_anew(
    reset: str, wait: timedelta | None
) -> None:
    headers = {"ratelimit_reset": reset, "Date": "Sun, 22 Nov 2026 01:00:00 GMT"}
    refused = answer(429, b'{"error": "RateLimitExceeded"}', **headers)
    with Receiver(refused) as peer, pytest.raises(NotSentError) as caught:
        make("bluesky", peer.url).send(make("bluesky").write(MESSAGE), key=KEY)

    assert caught.value.retry_after == wait


def test_an_account_that_was_taken_down_pauses_the_channel() -> None:
    refused = answer(400, b'{"error": "AccountTakedown"}')
    with Receiver(refused) as peer, pytest.raises(RejectedError) as caught:
        make("bluesky", peer.url).send(make("bluesky").write(MESSAGE), key=KEY)

    assert caught.value.unwelcome


# After it was sent


def test_a_post_is_found_by_its_key_alone(pds: Pds, peer: Receiver) -> None:
    channel = account(peer)
    body = channel.write(MESSAGE)
    before = channel.find(body, key=KEY, since=SINCE)
    receipt = sent(channel)

    assert before is None
    assert channel.find(body, key=KEY, since=SINCE) == receipt
    assert channel.find(body, key=OTHER, since=SINCE) is None


def test_an_edit_keeps_the_time_of_the_first_and_may_be_repeated(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    first = sent(channel)
    later = replace(MESSAGE, text="[정정] 지진")
    edited = channel.edit(first.remote_id, channel.write(later), key=LATER)
    again = channel.edit(first.remote_id, channel.write(later), key=LATER)

    (record,) = pds.records.values()
    assert record["text"] == "[정정] 지진"
    assert record["createdAt"] == "2026-11-22T10:00:05.123Z"
    assert edited == again != first


def test_an_edit_leaves_alone_what_somebody_else_changed(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    first = sent(channel)
    next(iter(pds.records.values()))["text"] = "edited in an app"

    with pytest.raises(RejectedError, match="InvalidSwap"):
        channel.edit(first.remote_id, channel.write(MESSAGE), key=KEY)


def test_a_post_that_is_gone_can_be_deleted_and_not_edited(
    pds: Pds, peer: Receiver
) -> None:
    channel = account(peer)
    first = sent(channel)
    gone = [channel.delete(first.remote_id, key=KEY) for _ in range(2)]

    assert pds.records == {}
    assert [each.remote_id for each in gone] == [first.remote_id] * 2
    with pytest.raises(RejectedError, match="RecordNotFound"):
        channel.edit(first.remote_id, channel.write(MESSAGE), key=KEY)


def test_a_reply_stands_in_the_thread_of_the_first(pds: Pds, peer: Receiver) -> None:
    channel = account(peer)
    first = sent(channel)
    body = channel.reply(replace(MESSAGE, text="[정정]"), first.remote_id)
    channel.send(body, key=OTHER)

    uri, _, cid = first.remote_id.partition("#")
    reply = next(r["reply"] for r in pds.records.values() if "reply" in r)
    assert reply == {"root": {"uri": uri, "cid": cid}, "parent": reply["root"]}


def test_a_probe_tells_the_account_and_posts_nothing(pds: Pds, peer: Receiver) -> None:
    standing = account(peer).probe()

    assert standing == Standing(
        account="@news.example", quota="2999 requests left for now"
    )
    assert pds.records == {}
