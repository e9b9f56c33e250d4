"""What a kind owes the outbox when it can change, take back or answer what it said."""

import logging
import traceback
from dataclasses import replace

import pytest

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Deletes, Edits, Replies
from syndicate.channels.wire.redact import secrets_of
from syndicate.errors import DeliveryError, InDoubtError, NotSentError
from tests.channels.samples import http_kinds, make, page
from tests.channels.test_contract import KEY, MESSAGE
from tests.receiver import Receiver, answer, closed_port

THERE = "1/7"
"""A number that any kind can read; each has its own in its own tests."""

BARE = replace(MESSAGE, picture=None)
RIGHT = replace(BARE, text="[정정] 규모 4.2", title="[정정] 규모 4.2")


def kinds_that(can: type) -> list[str]:
    return [kind for kind in built_in() if issubclass(find_channel(kind), can)]


every_editing_kind = pytest.mark.parametrize("kind", kinds_that(Edits))
every_deleting_kind = pytest.mark.parametrize("kind", kinds_that(Deletes))
every_replying_kind = pytest.mark.parametrize("kind", kinds_that(Replies))


def change(kind: str, url: str) -> None:
    channel = make(kind, url)
    assert isinstance(channel, Edits)
    channel.edit(THERE, channel.write(RIGHT), key=KEY)


def take_back(kind: str, url: str) -> None:
    channel = make(kind, url)
    assert isinstance(channel, Deletes)
    channel.delete(THERE, key=KEY)


def test_some_kinds_can() -> None:
    assert kinds_that(Edits)
    assert kinds_that(Deletes)
    assert kinds_that(Replies)
    assert {*kinds_that(Edits), *kinds_that(Deletes)} <= set(http_kinds())


@every_editing_kind
def test_an_edit_hands_the_new_words_over_once_at_most(kind: str) -> None:
    with Receiver(answer(500)) as peer, pytest.raises(DeliveryError):
        change(kind, peer.url)

    words = [each for each in peer.requests if "규모 4.2" in each.body.decode()]
    assert len(peer.requests) > 0
    assert len(words) <= 1


@every_editing_kind
def test_an_edit_that_cannot_leave_says_so(kind: str) -> None:
    with closed_port() as url, pytest.raises(NotSentError):
        change(kind, url)


@every_deleting_kind
def test_a_deletion_that_cannot_leave_says_so(kind: str) -> None:
    with closed_port() as url, pytest.raises(NotSentError):
        take_back(kind, url)


@every_deleting_kind
def test_a_deletion_without_a_verdict_is_in_doubt(kind: str) -> None:
    with Receiver(answer(502, b"<html>")) as peer, pytest.raises(InDoubtError):
        take_back(kind, peer.url)


@every_deleting_kind
@pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
def test_a_deletion_that_is_refused_is_no_success(kind: str, status: int) -> None:
    body = b'{"ok": false, "error": "no", "errcode": "M_NO", "message": "no"}'
    with Receiver(answer(status, body)) as peer, pytest.raises(DeliveryError):
        take_back(kind, peer.url)


@every_deleting_kind
def test_a_deletion_shows_no_secret(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(answer(401)) as peer, pytest.raises(DeliveryError) as caught:
        take_back(kind, peer.url)

    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert [each for each in secrets_of(make(kind).config) if each in told] == []


@every_replying_kind
def test_an_answer_is_pure_readable_and_names_what_it_answers(kind: str) -> None:
    channel = make(kind)
    assert isinstance(channel, Replies)
    body = channel.reply(RIGHT, THERE)

    assert body == channel.reply(RIGHT, THERE)
    assert "규모 4.2" in body
    assert body != channel.write(RIGHT)
    assert body != channel.reply(RIGHT, "1/8")
    assert [each for each in secrets_of(channel.config) if each in body] == []


@every_deleting_kind
def test_its_page_says_what_it_can_take_back(kind: str) -> None:
    assert "delete" in page(kind).lower() or "redact" in page(kind).lower()
