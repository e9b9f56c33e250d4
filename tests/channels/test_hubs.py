"""The bytes hubs are sent, and how their answers are read."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from pydantic import ValidationError

from syndicate.channels.base import Channel, Hub
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from tests.channels.samples import make
from tests.receiver import Receiver, answer

FEED = "https://news.example/feeds/tag/%EC%86%8D%EB%B3%B4/atom.xml"
POSTS = ["https://news.example/a", "https://news.example/b"]
KEY = "8d1f0a52c6e94b7f"


def bodies(channel: Channel[Any], *addresses: str) -> list[str]:
    assert isinstance(channel, Hub)
    return channel.announce(addresses)


def test_a_hub_is_named_the_feed_in_both_spellings() -> None:
    (body,) = bodies(make("websub"), FEED)

    assert parse_qsl(body) == [
        ("hub.mode", "publish"),
        ("hub.url", FEED),
        ("hub.topic", FEED),
    ]


def test_a_ping_goes_to_the_hub_to_the_letter() -> None:
    with Receiver(answer(204)) as peer:
        channel = make("websub", f"{peer.url}/hub/")
        channel.send(*bodies(channel, FEED), key="k")

    (request,) = peer.requests
    assert request.path == "/hub/"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_search_engine_is_told_host_key_and_addresses() -> None:
    (body,) = bodies(make("indexnow"), *POSTS)

    assert json.loads(body) == {
        "host": "news.example",
        "key": KEY,
        "urlList": POSTS,
    }


def test_a_key_that_lies_elsewhere_is_named() -> None:
    place = "https://news.example/keys/a.txt"
    (body,) = bodies(make("indexnow", key_location=place), *POSTS)

    assert json.loads(body)["keyLocation"] == place


def test_each_host_has_a_request_of_its_own_and_so_have_ten_thousand() -> None:
    many = [f"https://news.example/{number}" for number in range(10_001)]
    found = bodies(make("indexnow"), *many, "https://other.example/a")

    assert [len(json.loads(each)["urlList"]) for each in found] == [10_000, 1, 1]


@pytest.mark.parametrize("key", ["short", "a" * 129, "with space", "한글한글한글한글"])
def test_a_key_no_engine_takes_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        make("indexnow", key=key)


def test_a_key_location_that_is_no_file_is_refused() -> None:
    with pytest.raises(ValidationError, match="the whole address of the file"):
        make("indexnow", key_location="https://news.example/")


@pytest.mark.parametrize("status", [200, 202])
def test_a_key_that_is_checked_later_is_accepted_too(status: int) -> None:
    with Receiver(answer(status)) as peer:
        channel = make("indexnow", peer.url)
        receipt = channel.send(*bodies(channel, *POSTS), key="k")

    assert receipt.remote_id == "k"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RejectedError),
        (403, RejectedError),
        (422, RejectedError),
        (429, NotSentError),
    ],
)
def test_what_an_engine_refuses_is_read_whatever_its_words(
    status: int, error: type[DeliveryError]
) -> None:
    with Receiver(answer(status, b"no")) as peer:
        channel = make("indexnow", peer.url)
        with pytest.raises(error):
            channel.send(*bodies(channel, *POSTS), key="k")
