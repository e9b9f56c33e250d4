"""What becomes of a status on Mastodon after it was made."""

import json
from typing import Any, ClassVar

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.mastodon import Mastodon
from syndicate.errors import RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Platform, Receiver, Request

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[정정] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[정정] 지진",
    excerpt="",
    language="ko-KR",
)

PLAIN: dict[str, Any] = {"sensitive": False, "spoiler_text": ""}


class Instance(Platform):
    """Statuses of one account. An edit that names no picture takes them off, nor a warning."""

    headers: ClassVar = {"X_RateLimit_Remaining": "299"}

    def __init__(self) -> None:
        picture = {"id": "5", "type": "image"}
        self.statuses: dict[str, dict[str, Any]] = {
            "113": PLAIN | {"status": "지진", "media_attachments": [picture]}
        }

    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        if request.path == "/api/v1/accounts/verify_credentials":
            return 200, {"id": "9", "acct": "news"}
        if request.path == "/api/v2/instance":
            return 200, {"configuration": {"statuses": {"max_characters": 1000}}}
        path, _, query = request.path.partition("?")
        number = path.removeprefix("/api/v1/statuses/")
        if number not in self.statuses:
            return 404, {"error": "Record not found"}
        there = self.statuses[number]
        if request.method == "DELETE":
            assert query == "delete_media=true", "or its picture outlives it"
            del self.statuses[number]
        if request.method == "PUT":
            asked = json.loads(request.body)
            known = {each["id"]: each for each in there["media_attachments"]}
            shown = [known[each] for each in asked.pop("media_ids", [])]
            there |= PLAIN | asked | {"media_attachments": shown}
        return 200, there | {"id": number, "url": f"https://m/{number}"}


def account(peer: Receiver) -> Mastodon:
    channel = make("mastodon", peer.url)
    assert isinstance(channel, Mastodon)
    return channel


def test_an_edit_changes_the_words_and_keeps_the_picture() -> None:
    with Receiver(instance := Instance()) as peer:
        channel = account(peer)
        body = json.dumps(
            json.loads(channel.write(MESSAGE))
            | {"picture": {"alt": "", "url": "https://news.example/2.jpg"}}
        )
        edited = [channel.edit("113", body, key=KEY) for _ in range(2)]

    there = instance.statuses["113"]
    assert there["status"] == MESSAGE.text
    assert there["language"] == "ko"
    assert [each["id"] for each in there["media_attachments"]] == ["5"]
    assert edited == [Receipt(remote_id="113", url="https://m/113")] * 2
    assert "visibility" not in json.loads(peer.requests[1].body)
    assert "picture" not in json.loads(peer.requests[1].body)


def test_an_edit_of_a_status_without_pictures_names_none() -> None:
    with Receiver(instance := Instance()) as peer:
        instance.statuses["113"]["media_attachments"] = []
        account(peer).edit("113", account(peer).write(MESSAGE), key=KEY)

    assert json.loads(peer.requests[1].body) == {
        "language": "ko",
        "status": MESSAGE.text,
    }


def test_an_edit_keeps_the_picture_behind_the_warning_it_stands_behind() -> None:
    """The account's own setting puts it there, or a person does."""
    warned = {"sensitive": True, "spoiler_text": "재난 현장 사진"}
    with Receiver(instance := Instance()) as peer:
        instance.statuses["113"] |= warned
        account(peer).edit("113", account(peer).write(MESSAGE), key=KEY)

    there = instance.statuses["113"]
    assert {name: there[name] for name in warned} == warned


def test_a_status_that_is_gone_counts_as_deleted_and_not_as_edited() -> None:
    with Receiver(instance := Instance()) as peer:
        channel = account(peer)
        for _ in range(2):
            assert channel.delete("113", key=KEY) == Receipt(remote_id="113")
        with pytest.raises(RejectedError, match="Record not found"):
            channel.edit("113", channel.write(MESSAGE), key=KEY)

    assert instance.statuses == {}


def test_a_reply_names_what_it_answers() -> None:
    channel = make("mastodon")
    assert isinstance(channel, Mastodon)
    reply = json.loads(channel.reply(MESSAGE, "113"))

    assert reply == json.loads(channel.write(MESSAGE)) | {"in_reply_to_id": "113"}


def test_a_probe_tells_the_account_and_how_long_a_status_may_be() -> None:
    with Receiver(Instance()) as peer:
        standing = account(peer).probe()

    assert standing == Standing(
        account=f"@news on {peer.url}",
        quota="299 requests left for now, statuses of 1000 characters",
    )


def test_a_server_may_take_longer_statuses() -> None:
    assert make("mastodon", characters=1_000).configured_limits.text == 1_000
    assert make("mastodon").configured_limits.text == 500
