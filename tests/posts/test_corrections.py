from datetime import UTC, datetime, timedelta

import pytest

from syndicate.posts.corrections import changed_at, digest, is_silent
from tests.posts.samples import front, post_of

NOON = datetime(2026, 5, 18, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def test_title_and_body_are_the_text() -> None:
    assert digest("a", b"b") == digest("a", b"b")
    assert len({digest("a", b"b"), digest("a", b"c"), digest("b", b"b")}) == 3


def test_an_announced_change_counts_from_when_it_was_seen() -> None:
    assert changed_at({}, None, text="b", now=LATER, silent=False) == LATER


def test_a_silent_change_leaves_the_time_as_it_was() -> None:
    assert changed_at({}, None, text="b", now=LATER, silent=True) is None
    assert changed_at({}, NOON, text="b", now=LATER, silent=True) == NOON


@pytest.mark.parametrize("silent", [True, False])
def test_a_text_that_was_there_before_has_its_time_back(*, silent: bool) -> None:
    known = {"a": None, "b": NOON}

    assert changed_at(known, None, text="b", now=LATER, silent=silent) == NOON
    assert changed_at(known, NOON, text="a", now=LATER, silent=silent) is None


@pytest.mark.parametrize("usual", [True, False])
def test_a_post_says_how_it_is_corrected(*, usual: bool) -> None:
    silent = post_of(front("title: a\ncorrection: Silent"))
    announced = post_of(front("title: a\ncorrection: announced"))

    assert is_silent(silent, usual=usual)
    assert not is_silent(announced, usual=usual)


@pytest.mark.parametrize("line", ["", "\ncorrection: an earlier version said …"])
def test_a_post_that_does_not_say_follows_the_setting(line: str) -> None:
    post = post_of(front(f"title: a{line}"))

    assert is_silent(post, usual=True)
    assert not is_silent(post, usual=False)
