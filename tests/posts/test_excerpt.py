import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.excerpt import LONGEST, shorten
from tests.posts.samples import entry_of, front


def excerpt(body: str, fields: str = "title: 강진") -> str:
    return entry_of(front(fields, body)).excerpt


@pytest.mark.parametrize("key", ["excerpt", "description", "summary"])
def test_front_matter_wins(key: str) -> None:
    assert excerpt("본문.\n", f"title: 강진\n{key}: 한 줄 요약") == "한 줄 요약"


def test_in_this_order() -> None:
    fields = "title: 강진\nsummary: 셋\ndescription: ''\nexcerpt: false"

    assert excerpt("본문.\n", fields) == "셋"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'**굵게** [고리](/x) `코드`'", "굵게 고리 코드"),
        ("'<p>땅이<br>흔들렸다 &amp; 멎었다</p>'", "땅이 흔들렸다 & 멎었다"),
        (">\n  ## 제목\n\n  글이다.", "제목 글이다."),
        ("'2~3일 5~6일'", "2~3일 5~6일"),
        ("'{{ page.title }} 소식'", "강진 소식"),
    ],
)
def test_what_is_written_there_is_made_plain(written: str, text: str) -> None:
    assert excerpt("본문.\n", f"title: 강진\nexcerpt: {written}") == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("첫 문단이다.\n\n둘째.\n", "첫 문단이다."),
        ("# 제목\n\n첫 **문단**이다.\n", "첫 문단이다."),
        ("![땅](/a.png)\n\n첫 문단.\n", "첫 문단."),
        ("<p>&nbsp;</p>\n\n***\n\n첫 문단.\n", "첫 문단."),
        ("출처: [신문](https://a.example/)\n\n첫 문단.\n", "첫 문단."),
        ("출처: [신문](https://a.example/)\n", "출처: 신문"),
        ("출처가 어디든 첫 문단.\n", "출처가 어디든 첫 문단."),
        ("<div>문단이 없는 글<br>이다</div>\n", "문단이 없는 글 이다"),
        ("> 인용한 말.\n", "인용한 말."),
        ("", ""),
        ("![땅](/a.png)\n", ""),
    ],
)
def test_or_else_the_first_paragraph_with_words(body: str, text: str) -> None:
    assert excerpt(body) == text


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("하나.\n\n둘.\n<!--more-->\n셋.\n", "title: 강진"),
        ("하나.\n\n둘.\n<!-- MORE -->\n셋.\n", "title: 강진"),
        ("하나.\n\n둘.\n~끝~\n셋.\n", "title: 강진\nexcerpt_separator: ~끝~"),
    ],
)
def test_the_author_may_mark_where_it_ends(body: str, fields: str) -> None:
    assert excerpt(body, fields) == "하나. 둘."


def test_a_mark_that_is_not_there_marks_nothing() -> None:
    assert excerpt("하나.\n\n둘.\n", "title: 강진\nexcerpt_separator: ~끝~") == "하나."


def test_a_whole_page_in_one_paragraph_is_cut() -> None:
    found = excerpt("긴 글이다. " * 200)

    assert len(found) <= LONGEST
    assert found.endswith("긴 글이다. 긴…")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("짧다", 2, "짧다"),
        ("강진이 났다 오늘", 7, "강진이 났다…"),
        ("강진이 났다 오늘", 6, "강진이…"),
        ("강진이났다오늘", 4, "강진이…"),
        ("강진", 1, "…"),
        ("a👨\u200d👩\u200d👧b c", 3, "a👨\u200d👩\u200d👧…"),
        (
            "👨\u200d👩\u200d👧👨\u200d👩\u200d👧",
            2,
            "👨\u200d👩\u200d👧👨\u200d👩\u200d👧",
        ),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        (" 가나다라", 3, "가…".rjust(3)),
    ],
)
def test_text_is_cut_at_a_word_and_never_inside_a_character(
    text: str, limit: int, expected: str
) -> None:
    assert shorten(text, limit) == expected


def test_there_is_room_for_one_character_at_least() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        shorten("강진", 0)


@given(st.text(max_size=60), st.integers(1, 40))
def test_no_text_is_too_long_after_it_was_cut(text: str, limit: int) -> None:
    found = shorten(text, limit)

    assert len(regex.findall(r"\X", found)) <= limit
    assert found == text or text.startswith(found[:-1])
