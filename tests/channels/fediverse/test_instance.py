"""What instances say they take, each in the shape of its own software."""

import json
from typing import Any

import pytest

from syndicate.channels.fediverse.instance import allowance_of
from syndicate.channels.mastodon import Mastodon
from syndicate.channels.terms.allowance import Allowance
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from tests.channels.samples import make
from tests.receiver import Connection, Receiver, answer, closed_port

MASTODON = {
    "configuration": {
        "statuses": {"max_characters": 1000, "characters_reserved_per_url": 23},
        "media_attachments": {
            "description_limit": 1500,
            "image_size_limit": 16777216,
            "image_matrix_limit": 33177600,
            "supported_mime_types": ["image/jpeg", "image/png", "video/mp4"],
        },
    }
}
GOTOSOCIAL = {
    "configuration": {
        "statuses": {"max_characters": 5000, "characters_reserved_per_url": 25},
        "media_attachments": {"image_size_limit": 10485760},
    }
}
PLEROMA_1 = {
    "max_toot_chars": 5000,
    "upload_limit": 16_000_000,
    "description_limit": 5000,
}
PLEROMA_2 = {
    "configuration": {
        "statuses": {"max_characters": 5000, "characters_reserved_per_url": 0},
        "media_attachments": {"image_size_limit": 16_000_000},
    }
}
MISSKEY_LIKE = {
    "configuration": {
        "statuses": {"max_characters": 3000, "characters_reserved_per_url": 23},
        "media_attachments": {"supported_mime_types": ["image/png", 7, None]},
    },
    "max_toot_chars": 3000,
}


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (
            MASTODON,
            Allowance(
                text=1000,
                link=23,
                alt=1500,
                size=16777216,
                pixels=33177600,
                types=["image/jpeg", "image/png", "video/mp4"],
            ),
        ),
        (GOTOSOCIAL, Allowance(text=5000, link=25, size=10485760)),
        (PLEROMA_1, Allowance(text=5000, alt=5000, size=16_000_000)),
        (PLEROMA_2, Allowance(text=5000, link=0, size=16_000_000)),
        (MISSKEY_LIKE, Allowance(text=3000, link=23, types=["image/png"])),
        ({"max_toot_chars": 10**12}, Allowance(text=10_000_000)),
    ],
)
def test_each_software_is_understood(said: Any, understood: Allowance) -> None:
    assert allowance_of(said) == understood


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"configuration": None, "max_toot_chars": "500"},
        {"configuration": [1], "upload_limit": 0},
        {"configuration": {"statuses": {"max_characters": 0}}},
        {"configuration": {"statuses": {"max_characters": True}}},
        {"configuration": {"statuses": 1, "media_attachments": {"types": {}}}},
        {"configuration": {"statuses": {"characters_reserved_per_url": -1}}},
        {"max_toot_chars": 5.5, "description_limit": -1},
    ],
)
def test_what_makes_no_sense_was_not_said(said: Any) -> None:
    assert allowance_of(said) == Allowance()


def asked(**said: Any) -> tuple[Allowance, list[str]]:
    """Ask a server that has some addresses and not the others."""

    def behave(connection: Connection) -> None:
        place = connection.read().path.removeprefix("/api/").partition("/")[0]
        status = "200 OK" if place in said else "404 No"
        body = json.dumps(said.get(place, {"error": "none"})).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)

    with Receiver(behave) as peer:
        channel = make("mastodon", peer.url)
        assert isinstance(channel, Mastodon)
        assert channel.server == peer.url
        found = channel.ask_limits()
    return found, [each.path for each in peer.requests]


def test_the_newer_address_is_asked_and_is_enough() -> None:
    found, paths = asked(v2=MASTODON)

    assert found.text == 1000
    assert paths == ["/api/v2/instance"]


@pytest.mark.parametrize(
    "there", [{"v1": PLEROMA_1}, {"v2": {"title": "a"}, "v1": PLEROMA_1}]
)
def test_older_and_other_software_is_asked_at_the_older_address(there: Any) -> None:
    found, paths = asked(**there)

    assert found.text == 5000
    assert paths == ["/api/v2/instance", "/api/v1/instance"]


def test_a_server_that_is_away_is_told_apart_from_one_that_says_nothing() -> None:
    with closed_port() as url, pytest.raises(NotSentError):
        make("mastodon", url).ask_limits()  # type: ignore[attr-defined]
    with Receiver(answer(502, b"<html>")) as peer, pytest.raises(InDoubtError):
        make("mastodon", peer.url).ask_limits()  # type: ignore[attr-defined]
    with pytest.raises(RejectedError):
        asked()


def test_what_the_operator_says_comes_first() -> None:
    taught, own = make("mastodon"), make("mastodon", characters=800)
    assert isinstance(taught, Mastodon)
    assert isinstance(own, Mastodon)
    taught.allowance = own.allowance = allowance_of(PLEROMA_1)

    assert taught.configured_limits.text == 5000
    assert own.configured_limits.text == 800
    assert own.configured_limits.picture == taught.configured_limits.picture
    assert make("mastodon").configured_limits.text == 500
