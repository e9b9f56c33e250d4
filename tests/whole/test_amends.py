"""A correction and a retraction on every kind at once, by the real command and daemon."""

from email import message_from_bytes
from typing import Any

import pytest

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Hub
from tests.receiver import Receiver, Request
from tests.whole.every_kind import KEYS, World, configure, post_office

CORRECTED = {
    "apprise": ["POST /apprise"],
    "bluesky": ["POST deleteRecord", "POST putRecord"],
    "discord": ["PATCH /messages/"],
    "discord_bot": ["PATCH /messages/"],
    "kakao": ["POST /messages"],
    "line": ["POST /broadcast"],
    "mastodon": ["GET /statuses/", "PUT /statuses/"],
    "matrix": ["PUT /send/m.room.message/"],
    "ntfy": ["POST /"],
    "slack": ["POST /services/"],
    "slack_bot": ["POST /chat.update"],
    "teams": ["POST /flow"],
    "telegram": ["POST /editMessageText"],
    "webhook": ["POST /in"],
    "x": ["DELETE /2/tweets/", "POST /2/tweets"],
}
TAKEN_BACK = CORRECTED | {
    "bluesky": ["POST deleteRecord"],
    "discord": ["DELETE /messages/"],
    "discord_bot": ["DELETE /messages/"],
    "mastodon": ["DELETE delete_media=true"],
    "matrix": ["GET /m.replace", "PUT /redact/", "PUT /redact/%24edit/"],
    "ntfy": ["DELETE /news/"],
    "slack_bot": ["POST /chat.delete"],
    "telegram": ["POST /deleteMessage"],
    "x": ["DELETE /2/tweets/"],
}
STAYS = {"apprise", "email", "kakao", "line", "log", "paste", "slack", "teams"}
"""Kinds whose messages nobody can get at again."""
ANSWERED = {"email", "webhook"}


def told_of(requests: list[Request], kind: str) -> list[str]:
    """Give what a platform was asked."""
    return [
        f"{each.method} {each.path}"
        for each in requests
        if f"{each.path}/".startswith(f"/{kind}/")
    ]


def holds(requests: list[Request], expected: dict[str, list[str]]) -> None:
    for kind, acts in expected.items():
        told = told_of(requests, kind)
        assert len(told) == len(acts), (kind, told)
        for said, act in zip(told, acts, strict=True):
            method, _, place = act.partition(" ")
            assert said.startswith(method), kind
            assert place in said, kind


def says_what_stays(said: str, cannot: str) -> None:
    """Hold that people are told plainly what nobody can take back."""
    for kind in STAYS - ANSWERED:
        lines = [each for each in said.splitlines() if each.split()[:1] == [kind]]
        assert lines, kind
        assert all(cannot in line for line in lines), lines


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "cannot", "taken"),
    [
        ("en", "cannot be recalled", "RETRACTED:"),
        ("ko", "회수할 수 없습니다", "[취소]"),
    ],
)
def test_every_kind_is_put_right_and_taken_back(
    make_site: Any, post: Any, *, language: str, cannot: str, taken: str
) -> None:
    telling = {k for k in built_in() if not issubclass(find_channel(k), Hub)}
    assert telling == KEYS.keys(), "a new kind is followed here as well"
    site, speak = make_site(), ("--lang", language)
    with Receiver(World()) as peer, post_office() as office:
        configure(site, peer.url, port=office.port, language=language)
        site.save("2026-11-22-a.md", post("담장이 무너졌다"))
        site.start()
        pushed = site.syndicate("push", "_posts/2026-11-22-a.md", "--yes")
        before = len(peer.requests)
        right = site.syndicate(*speak, "correct", "1", "--text", "한 곳", "--yes")
        middle = len(peer.requests)
        back = site.syndicate(*speak, "retract", "1", "--reason", "오보", "--yes")
        requests = list(peer.requests)

    assert (pushed.returncode, right.returncode, back.returncode) == (0, 0, 0)
    holds(requests[before:middle], CORRECTED)
    holds(requests[middle:], TAKEN_BACK)
    says_what_stays(right.stdout, cannot)
    says_what_stays(back.stdout, cannot)
    first, second, third = map(message_from_bytes, office.letters)
    numbers = [first["Message-ID"], second["Message-ID"]]
    assert first["References"] is None
    assert (second["In-Reply-To"], second["References"]) == (numbers[0], numbers[0])
    assert third["In-Reply-To"] == numbers[1]
    assert third["References"].split() == numbers, "the whole thread"
    for each in requests[middle:]:
        body = each.body.decode()
        bare = body.count("담장이") - body.count(f"{taken} 담장이")
        assert bare == 0 or each.path.startswith("/webhook/"), each.path
