import pytest

from syndicate.alerts.rules import first_match, marked_by
from syndicate.config import Match, Rule
from syndicate.config.alerting import BREAKING
from syndicate.model import Post


def post(title: str = "t", categories: tuple[str, ...] = (), **fields: object) -> Post:
    return Post(
        path="a.md",
        title=title,
        link="https://news.example/a",
        published=None,
        categories=categories,
        fields=fields,
    )


@pytest.mark.parametrize(
    "breaking",
    [
        post("[속보] 지진"),
        post(categories=("속보",)),
        post(categories=("News", "Breaking")),
        post(breaking="true"),
        post(breaking="Yes"),
    ],
)
def test_breaking_news_is_told_without_a_rule_being_written(breaking: Post) -> None:
    assert first_match(breaking, [BREAKING]) == BREAKING


@pytest.mark.parametrize(
    "quiet",
    [
        post("지진 [속보]"),
        post(categories=("속보아님",)),
        post(breaking="false"),
        post(breaking="no"),
        post(breaking={"a": "b"}),
        post(),
    ],
)
def test_other_news_is_not(quiet: Post) -> None:
    assert first_match(quiet, [BREAKING]) is None


def test_a_category_matches_however_its_letters_were_composed() -> None:
    decomposed = "\u1109\u1169\u11a8\u1107\u1169"  # 속보 as macOS writes it

    assert first_match(post(categories=(decomposed,)), [BREAKING]) == BREAKING


def test_the_first_rule_that_asks_is_the_one() -> None:
    early = Rule(name="early", match=Match(title="지진"))
    late = Rule(name="late", match=Match(title="."))

    assert first_match(post("지진"), [early, late]) == early
    assert first_match(post("비"), [early, late]) == late


def test_a_field_is_compared_with_what_the_author_wrote() -> None:
    rule = Rule(name="desk", match=Match(field={"desk": "City", "level": 3}))

    assert marked_by(post(desk="city"), [rule]) == rule
    assert marked_by(post(desk=["sport", "City"]), [rule]) == rule
    assert marked_by(post(level="3"), [rule]) == rule
    assert marked_by(post(desk="town"), [rule]) is None


def test_a_rule_may_ask_for_what_is_false() -> None:
    rule = Rule(name="open", match=Match(field={"paywall": False}))

    assert marked_by(post(paywall="no"), [rule]) == rule
    assert marked_by(post(paywall="yes"), [rule]) is None
    assert marked_by(post(), [rule]) is None


def test_a_title_is_no_mark() -> None:
    assert marked_by(post("[속보] 지진", categories=("속보",)), [BREAKING]) is None
