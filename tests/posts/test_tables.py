import re

import pytest

from syndicate.posts.tables import with_heads
from tests.posts.samples import html_of


def cells(markdown: str) -> list[str]:
    """List the cells of a table, heads with a star."""
    found = re.findall(r"<t([hd])[^>]*>(.*?)</t[hd]>", html_of(markdown))
    return [text + "*" * (kind == "h") for kind, text in found]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| 가 | 나 |\n| 다 | 라 |\n", ["가", "나", "다", "라"]),
        ("|---|---|\n| 가 | 나 |\n", ["가", "나"]),
        ("글\n\n| `가` |\n| 나 \\| 다 |\n\n글\n", ["<code>가</code>", "나 | 다"]),
        ("| 가 |\n|---|\n| 나 |\n|===|\n| 다 |\n", ["가*", "나", "다"]),
        ("| 가 |\n|---|\n| 나 |\n", ["가*", "나"]),
        (
            "| 가 | 나 |\n|---|---|---|\n| 다 | 라 |\n",
            ["가*", "나*", "*", "다", "라", ""],
        ),
        ("| 가 |\n|---|\n| 나 | 다 |\n", ["가*", "*", "나", "다"]),
        ("| 가 | 나 |\n|---+---|\n| 다 | 라 |\n", ["가*", "나*", "다", "라"]),
        (
            "| 가 | 나 |\n|---\n| 다 | 라 |\n|===\n| 마 | 바 |\n",
            ["가*", "나*", *"다라마바"],
        ),
        ("|----\n| 가 | 나 |\n|-\n| 다 | 라 |\n", ["가*", "나*", "다", "라"]),
    ],
)
def test_a_table_may_have_no_head(markdown: str, expected: list[str]) -> None:
    assert cells(markdown) == expected


def test_crosses_below_a_head_keep_its_alignments() -> None:
    html = html_of("| 가 | 나 | 다 |\n| :- + -: | :-: |\n| 1 | 2 | 3 |\n")

    assert re.findall(r'<td align="(\w+)">', html) == ["left", "right", "center"]


def test_a_head_that_was_made_is_not_shown() -> None:
    assert "<thead>" not in html_of("| 가 | 나 |\n| 다 | 라 |\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\n\n| 가 |\n| 나 |\n\n```\n",
        "글\n| 가 |\n| 나 |\n",
        "| 가 |\n",
        "|x| 은 |y| 보다\n",
    ],
)
def test_code_and_running_text_are_no_tables(text: str) -> None:
    assert with_heads(text) == text


def test_tables_between_blocks_of_code_are_found_in_good_time() -> None:
    text = "```\n글\n```\n\n|가|\n|나|\n\n" * 3000

    assert with_heads(text).count("|---|") == 3000


def test_blanks_after_a_line_of_dashes_are_read_in_good_time() -> None:
    text = f"|가|\n|-{' ' * 60_000}x\n\n" * 4

    assert with_heads(text) == text


def test_a_table_that_would_fill_the_memory_stays_text() -> None:
    head = "| 가 |" + " 나 |" * 99
    wide = f"{head}\n{'|---' * 100}|\n"

    assert len(cells(wide + "다\n" * 9)) == 1000
    assert cells(wide + "다\n" * 9999) == []
    assert len(cells(wide + "다\n" * 9 + "\n글\n" * 9999)) == 1000
