from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.alerts.compose import outgoing
from syndicate.app import Words
from syndicate.channels import built_in
from syndicate.errors import PostError, UsageError
from tests.channels.samples import make

BREAKING = ("title: '[속보] 지진'", "breaking: true")


def test_the_bytes_shown_are_the_bytes_filed(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    draft = desk.app.draft(Words(post=Path("a.md")))
    number = desk.app.push(draft)

    [alert] = desk.ledger()
    assert alert.id == number
    assert [each.text for each in alert.deliveries] == [
        each.text for each in draft.outgoing
    ]


def test_what_was_looked_at_is_what_every_kind_is_handed_later(open_desk: Any) -> None:
    """A time in a body would give it another hash by the time it is pushed."""
    desk = open_desk()
    # Without a date of its own, its identity has that of the day it is filed.
    desk.save("a.md", "date: 2026-05-18 09:00:00 +0900", *BREAKING)
    entry = Words(post=Path("a.md"))

    def bodies() -> dict[str, str]:
        alert = desk.app.draft(entry).alert
        return {
            kind: outgoing(alert, name="a", kind=kind, channel=make(kind)).body
            for kind in built_in()
        }

    before = bodies()
    desk.late += timedelta(hours=1)

    assert bodies() == before


def test_what_was_pushed_no_rule_tells_again(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.app.push(desk.app.draft(Words(post=Path("a.md"))))

    assert desk.look() == []

    desk.reopen()

    assert desk.look() == []
    assert len(desk.ledger()) == 1


def test_a_post_is_not_pushed_twice_to_one_channel(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.app.push(desk.app.draft(Words(post=Path("a.md"), to=("one",))))
    draft = desk.app.draft(Words(post=Path("a.md")))

    assert [each.channel for each in draft.outgoing] == ["two"]
    assert draft.already == {"one": "alert 1: queued"}

    again = desk.app.draft(Words(post=Path("a.md"), again=True))

    assert [each.channel for each in again.outgoing] == ["one", "two"]


def test_the_same_request_is_accepted_once(open_desk: Any) -> None:
    desk = open_desk()
    draft = desk.app.draft(Words(text="지진이 났습니다"))

    first = desk.app.push(draft, request_id="a")
    assert desk.app.push(draft, request_id="a") == first
    assert len(desk.ledger()) == 1


def test_a_push_before_the_first_run_makes_all_there_is_the_baseline(
    desk: Any,
) -> None:
    desk.save("a.md", *BREAKING)
    desk.save("b.md", *BREAKING, body="다른 본문")
    desk.app.push(desk.app.draft(Words(post=Path("a.md"))))
    desk.reopen()

    assert desk.look() == []
    assert len(desk.ledger()) == 1


def test_a_look_at_a_draft_remembers_nothing(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.app.draft(Words(post=Path("a.md")))
    desk.reopen()

    assert desk.look() == ["[속보] 지진"]


def test_words_stand_in_place_of_the_post(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    words = Words(post=Path("a.md"), text="대피하세요", url="https://news.example/x")
    draft = desk.app.draft(words)

    assert "대피하세요" in draft.outgoing[0].text
    assert "https://news.example/x" in draft.outgoing[0].text
    assert "지진" not in draft.outgoing[0].text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (Words(), "--text"),
        (Words(text="  "), "--text"),
        (Words(text="a", to=("three",)), "three"),
        (Words(text="a", image="a.png"), "--image"),
        (Words(post=Path("no.md")), "no such post"),
        (Words(post=Path("a" * 300)), "no such post"),
        (Words(post=Path("../config.toml")), "not in the posts folder"),
        (Words(post=Path("quiet.md")), "not published"),
    ],
)
def test_what_cannot_be_told_is_said(open_desk: Any, words: Words, said: str) -> None:
    desk = open_desk()
    desk.save("quiet.md", "title: t", "published: false")

    with pytest.raises(UsageError, match=said):
        desk.app.draft(words)


def test_a_broken_post_is_not_pushed_in_its_last_good_version(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.look()
    desk.save("a.md", "title: {{ x }}")

    with pytest.raises(PostError, match=r"a\.md:2:"):
        desk.app.draft(Words(post=Path("a.md")))
