import re

import pytest

from syndicate.posts.flush_html import flush
from tests.posts.samples import html_of

TABLE = (
    "<table>\n  <tr>\n\n      <td>가\n\n        둘째 줄</td>\n\n\t<td>나</td>\n"
    "  </tr>\n</table>\n"
)


def test_a_table_with_empty_lines_is_a_table() -> None:
    html = html_of(TABLE)

    assert re.findall(r"<td>([가나])", html) == ["가", "나"]
    assert "<pre" not in html
    assert "&lt;td" not in html


def test_an_element_in_an_element_is_no_code() -> None:
    html = html_of('<div class="줄">\n\n    <p>가</p>\n\n    <p>나</p>\n\n</div>\n')

    assert "<p>가</p>" in html
    assert "<p>나</p>" in html
    assert "<pre" not in html


@pytest.mark.parametrize(
    "text",
    [
        "글\n\n    <table>\n\n    <td>가</td>\n\n    </table>\n",
        "<div>\n\n    <p>닫히지 않는다\n\n<b>글</b>\n",
        "- 항목\n\n    <div>\n\n        <p>가</p>\n    </div>\n",
        "글에서 <div>\n\n    <p>가</p>\n\n</div>\n",
        "<div>\n\n    코드\n\n</div>\n",
        "```\n<div>\n\n    <p>가</p>\n\n</div>\n```\n",
        "<div>\n\n```\n\n    <p>가</p>\n```\n\n</div>\n",
        "<div>`</div>\n\n    <p>가</p>`\n",
        "</table>\n\n    <p>가</p>\n\n</div>\n",
    ],
)
def test_code_stays_code(text: str) -> None:
    assert flush(text) == text


def test_what_is_not_closed_ends_with_what_it_stands_in() -> None:
    text = "<table>\n<tr><td>\n\n    <b>가</b>\n</table>\n\n    <b>코드</b>\n"

    assert flush(text) == text.replace("    <b>가", "<b>가")


def test_many_elements_and_much_code_are_read_in_good_time() -> None:
    text = "<div>\n\n    <p>`가`</p>\n\n</div>\n`나`\n\n" * 3000 + "<td>" * 9000

    assert flush(text).count("\n<p>") == 3000
