import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.alerts.hashtags import hashtags


@pytest.mark.parametrize(
    ("tag", "made"),
    [
        ("지진", "#지진"),
        ("기후 변화", "#기후변화"),
        ("#속보", "#속보"),
        ("breaking news", "#BreakingNews"),
        ("open-source", "#OpenSource"),
        ("open_data", "#OpenData"),
        ("EU", "#EU"),
        ("2026 선거", "#2026선거"),
        ("6·3 지방선거", "#63지방선거"),
        ("災害", "#災害"),
        ("ニュース", "#ニュース"),
        ("أخبار عاجلة", "#أخبارعاجلة"),
        ("हिन्दी", "#हिन्दी"),
        ("Lee's", "#LeeS"),
    ],
)
def test_a_tag_becomes_what_every_network_takes_for_a_hashtag(
    tag: str, made: str
) -> None:
    assert hashtags([tag], most=3) == [made]


@pytest.mark.parametrize(
    "tag", ["", " ", "#", "2026", "2026-11", "C++", "👍", "a" * 65]
)
def test_what_would_be_no_hashtag_or_mean_something_else_is_none(tag: str) -> None:
    assert hashtags([tag], most=3) == []


def test_so_many_are_given_and_none_twice() -> None:
    tags = ["지진", "News", "news", "사회", "날씨"]

    assert hashtags(tags, most=3) == ["#지진", "#News", "#사회"]
    assert hashtags(tags, most=0) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=90), max_size=5), st.integers(0, 4))
def test_whatever_the_tags_what_comes_out_is_valid(tags: list[str], most: int) -> None:
    found = hashtags(tags, most=most)

    assert len(found) <= most
    for each in found:
        assert regex.fullmatch(r"#(?=[^\p{L}]*\p{L})[\p{L}\p{M}\p{N}_]{1,}", each)
        assert len(regex.findall(r"\X", each)) <= 66
