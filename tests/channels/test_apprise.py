"""The `apprise` kind through the real library, to a server of our own."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from syndicate.channels.apprise import Apprise, AppriseConfig
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Message, Receipt
from tests import receiver
from tests.channels.samples import make
from tests.receiver import Behaviour, Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)


def apprise(peer: Receiver, more: str = "") -> Apprise:
    url = f"{peer.url.replace('http:', 'json:')}/a-secret-path/{more}"
    return towards(url)


def towards(url: str) -> Apprise:
    return Apprise(AppriseConfig.model_validate({"url": url}))


def test_title_and_words_go_to_the_service() -> None:
    with Receiver(answer(200)) as peer:
        channel = apprise(peer)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    said = json.loads(peer.requests[0].body)
    assert peer.requests[0].path == "/a-secret-path/"
    assert (said["title"], said["message"]) == ("[속보] 지진", "https://news.example/1")
    assert receipt == Receipt(remote_id=KEY)


def test_words_without_a_title_above_them_are_sent_alone() -> None:
    channel = make("apprise")
    bodies = [
        channel.write(replace(MESSAGE, text=text)) for text in ("정정", "[속보] 지진")
    ]

    assert [json.loads(each) for each in bodies] == [
        {"title": "", "body": "정정"},
        {"title": "", "body": "[속보] 지진"},
    ]


@pytest.mark.parametrize(
    "behave", [answer(500), answer(401), receiver.end_after, receiver.reset_after]
)
def test_every_failure_is_a_doubt_and_is_not_tried_again(behave: Behaviour) -> None:
    with Receiver(behave) as peer:
        channel = apprise(peer, "?retry=3&wait=0.1&overflow=split")
        with pytest.raises(InDoubtError) as caught:
            channel.send(channel.write(MESSAGE), key=KEY)

    assert len(peer.requests) == 1
    assert "JSON" in str(caught.value), "it says why"
    assert "a-secret-path" not in str(caught.value)


def test_a_long_message_is_neither_cut_nor_parted() -> None:
    with Receiver(answer(200)) as peer:
        channel = apprise(peer, "?overflow=split")
        channel.send(channel.write(replace(MESSAGE, text="긴 말 " * 20_000)), key=KEY)

    assert len(peer.requests) == 1


def test_a_service_that_drips_is_left_at_the_deadline() -> None:
    with Receiver(receiver.drip_body) as peer:
        channel = apprise(peer)
        channel.open()
        channel.deadline = timedelta(milliseconds=300)
        started = monotonic()
        with pytest.raises(InDoubtError, match="not done within"):
            channel.send(channel.write(MESSAGE), key=KEY)

    assert monotonic() - started < 20


def test_an_address_apprise_does_not_know_pauses_the_channel() -> None:
    channel = towards("pigeon://nowhere")
    with pytest.raises(RejectedError) as caught:
        channel.send(channel.write(MESSAGE), key=KEY)

    assert caught.value.unwelcome


def test_the_length_is_the_services() -> None:
    assert make("apprise").configured_limits.text == 1_000
    assert make("apprise", length=140).configured_limits.text == 140


@pytest.mark.full
def test_apprise_is_imported_by_those_who_send_and_by_nobody_else() -> None:
    script = """
import sys
from syndicate.channels import find_channel
kind = find_channel("apprise")
channel = kind(kind.Config.model_validate({"url": "json://localhost"}))
assert "apprise" not in sys.modules
channel.open()
assert "apprise" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
