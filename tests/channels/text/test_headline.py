import pytest

from syndicate.channels.text.headline import heading, parted
from syndicate.model import Message


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        (
            "제목\n\n본문\nhttps://a.example/1",
            "제목",
            ("제목", "본문\nhttps://a.example/1"),
        ),
        ("[취소] 제목\n\n오보", "제목\n\n오보", ("[취소] 제목", "오보")),
        ("한 줄", "제목", ("제목", "한 줄")),
        ("[취소] 한 줄", "한 줄", ("[취소] 한 줄", "[취소] 한 줄")),
        ("한 줄", "", ("한 줄", "한 줄")),
        ("https://a.example/1\n본문", "제목", ("제목", "https://a.example/1\n본문")),
        ("한 줄\n", "두\n줄", ("두 줄", "한 줄\n")),
    ],
)
def test_the_first_line_is_the_headline_where_something_stands_below_it(
    text: str, title: str, found: tuple[str, str]
) -> None:
    message = Message(
        text=text,
        link="https://a.example/1",
        title=title,
        excerpt="",
        language="ko",
    )

    assert parted(message) == found


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("제목\n본문", "제목", "제목"),
        ("[취소] 제목\n\n오보", "제목", "[취소] 제목"),
        ("[정정] 규모는 4.2다", "규모는 4.2다", "[정정] 규모는 4.2다"),
        ("제목을 단 글\n본문", "제목", ""),
        ("제목\n본문", "", ""),
    ],
)
def test_a_heading_is_the_title_alone_or_behind_a_prefix(
    text: str, title: str, found: str
) -> None:
    message = Message(text=text, link=None, title=title, excerpt="", language="ko")

    assert heading(message) == found
