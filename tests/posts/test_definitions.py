import pytest

from syndicate.posts.definitions import loosened
from tests.posts.samples import html_of


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("용어\n: 하나\n\n  둘\n", ["하나", "둘"]),
        ("용어\n: 하나\n  이어짐\n\n    둘\n", ["하나\n이어짐", "둘"]),
        ("용어\n: 하나\n: 둘\n\n  셋\n", ["하나", "둘", "셋"]),
    ],
)
def test_a_definition_may_have_several_paragraphs(
    markdown: str, expected: list[str]
) -> None:
    html = html_of(markdown)

    assert html.count("<dt>") == 1
    assert html.count("<p>") == len(expected)
    assert all(f"<p>{text}</p>" in html for text in expected)


@pytest.mark.parametrize(
    "text",
    [
        "용어\n: 하나\n\n다음 글\n",
        "용어\n\n: 하나\n\n  둘\n",
        "```\n용어\n: 하나\n\n  둘\n```\n",
        "용어\n: 하나\n: 둘\n",
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert loosened(text) == text


def test_long_lists_are_read_in_good_time() -> None:
    text = "용어\n: 하나\n" * 5_000 + ": 하나\n" * 20_000 + " 이어짐\n" * 20_000

    assert loosened(text) == text
