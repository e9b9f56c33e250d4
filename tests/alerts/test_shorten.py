from collections.abc import Callable

import pytest
import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from syndicate.alerts.shorten import shorten

# The machine may be busy; time is not what these are about.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at_most(limit: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= limit


def cut(text: str, limit: int, *, whole_sentences: bool = False) -> str:
    return shorten(text, at_most(limit), whole_sentences=whole_sentences)


def test_what_fits_stays() -> None:
    assert cut("속보", 2) == "속보"


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("Parliament passes the budget", 20, "Parliament passes…"),
        ("Parliament passes, the budget", 19, "Parliament passes…"),
        ("국회 예산안 본회의 통과", 10, "국회 예산안…"),
        ("아주긴한낱말이라서자를데가없다", 6, "아주긴한낱…"),
        ("가 아주긴한낱말이라서자를데가없다", 8, "가 아주긴한낱…"),
        ("속보", 1, ""),
        ("속보", 0, ""),
    ],
)
def test_a_cut_ends_at_a_word_where_one_is_near(
    text: str, limit: int, left: str
) -> None:
    assert cut(text, limit) == left


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("첫 문장이 끝났다. 둘째 문장은 길다.", 15, "첫 문장이 끝났다."),
        ("그는 “왔다.” 그리고 길게 말했다.", 12, "그는 “왔다.”"),
        (
            "짧다. 둘째 문장은 아주 길어서 다 못 든다.",
            22,
            "짧다. 둘째 문장은 아주 길어서 다 못…",
        ),
        ("Version 3.5 is out now and more", 17, "Version 3.5 is…"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_where_one_is_near(
    text: str, limit: int, left: str
) -> None:
    assert cut(text, limit, whole_sentences=True) == left


@pytest.mark.parametrize(
    "whole",
    [
        "https://news.example/a/very/long/path",
        "#대한민국만세",
        "＃해시태그",
        "@news.desk",
        "5,000억 원",
        "3.5%",
        "12 people",
        "2026-11-22",
        "$3.2억",
        "👨‍👩‍👧‍👦",
        "🇰🇷",
        "각\u0323",
    ],
)
def test_what_belongs_together_is_never_cut(whole: str) -> None:
    text = f"예산 {whole} 통과"
    results = [cut(text, limit) for limit in range(len(text))]

    assert any(whole in each for each in results)
    for each in results:
        assert whole in each or each in {"", "예…", "예산…"}


def test_what_turns_the_direction_is_turned_back_at_a_cut() -> None:
    text = "\u2067خبر عاجل جدا الآن\u2069 seoul"

    assert cut(text, 12) == "\u2067خبر عاجل…\u2069"
    assert cut("\u202bعاجل\u202c seoul today", 14) == "\u202bعاجل\u202c seoul…"


def test_a_better_ending_that_does_not_fit_is_not_taken() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 5 and text != "가나…"

    assert shorten("가나 다라마바사", fits) == "가나 다…"


def test_one_long_hashtag_is_cut_rather_than_lost() -> None:
    assert cut("#" + "가" * 50, 10) == "#" + "가" * 8 + "…"


def test_one_long_address_is_lost_rather_than_cut() -> None:
    assert cut("https://news.example/" + "a" * 50, 30) == ""


CLOSING = r"…?[\p{Pe}\p{Pf}“\"\u202c\u2069]*$"


LETTERS = st.characters() | st.sampled_from("\u0301\u200d👩🇰🇷\u1100\u1161 .…(“")


@patient
@given(st.text(LETTERS, min_size=8, max_size=80), st.integers(0, 40), st.booleans())
@example(text="(0::)", limit=4, whole_sentences=False)
@example(text="e\u0301" * 20, limit=8, whole_sentences=False)
def test_a_cut_fits_and_ends_between_characters(
    text: str,
    limit: int,
    whole_sentences: bool,  # noqa: FBT001 - hypothesis names it
) -> None:
    left = cut(text, limit, whole_sentences=whole_sentences)
    added = regex.search(CLOSING, left)
    head = left[: added.start()] if added and left != text else left

    assert len(left) <= limit
    assert text.startswith(head)
    if head and left != text:
        ends = {found.end() for found in regex.finditer(r"\X", text)}
        spaces = len(text[len(head) :]) - len(
            text[len(head) :].lstrip(" \t\n,;:·-–—/.…([{「『“‘\"'")
        )
        assert any(len(head) + more in ends for more in range(spaces + 1))


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("대통령이 “경제를 살리겠다”고 말했다", 11, "대통령이…"),
        (
            "“경제를 살리고 물가를 잡아 서민을 돕겠다”고 말했다",
            20,
            "“경제를 살리고 물가를 잡아…”",
        ),
        (
            "회담 (이하 공동 성명의 전문을 그대로 옮겨 적는다) 끝",
            24,
            "회담 (이하 공동 성명의 전문을 그대로…)",
        ),
        ("그는 『새벽』에 (둘째 판) 글을 썼다", 13, "그는 『새벽』에…"),
        ("[속보 지진] 대피하라", 6, "[속보…]"),
        ("“열린 채 끝나지 않는 말을 적다", 12, "“열린 채 끝나지…"),
        ("키 6'2\" 선수가 새 기록을 세웠다", 12, "키 6'2\" 선수가…"),
        (
            '그는 "긴 말을 아주 천천히 이어서 했다" 한다',
            20,
            '그는 "긴 말을 아주 천천히…"',
        ),
    ],
)
def test_a_cut_leaves_no_bracket_and_no_quotation_open(
    text: str, limit: int, left: str
) -> None:
    assert cut(text, limit) == left


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        (
            "국회가 예산안을 통과시켰다 그리고 산회했다",
            19,
            "국회가 예산안을 통과시켰다…",
        ),
        ("Parliament votes on the budget of the year", 24, "Parliament votes…"),
        ("The budget of the year", 5, "The…"),
    ],
)
def test_a_cut_does_not_end_with_a_word_that_leads_on(
    text: str, limit: int, left: str
) -> None:
    assert cut(text, limit) == left
