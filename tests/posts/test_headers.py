import time

import pytest

from syndicate.posts.headers import header
from tests.posts.samples import codes, entry_of, post_of, read, site

PELICAN = "Title: 강진: '7.6'\nDate: 2024-05-18 10:20\nTags: 땅, 바다\nSummary: 첫\n  둘\n\n글.\n"
NIKOLA = "<!-- \n.. title: 강진\n.. date: 2024-05-18 10:20\n.. category: \n-->\n\n글.\n"


def test_pelican_s_fields_need_no_fence() -> None:
    post = post_of(PELICAN, "quake.md")

    assert (post.title, post.tags) == ("강진: '7.6'", ("땅", "바다"))
    assert str(post.published) == "2024-05-18 01:20:00+00:00"
    assert entry_of(PELICAN, "quake.md").html == "<p>글.</p>\n"


def test_nor_do_nikola_s_in_a_comment() -> None:
    post = post_of(NIKOLA, "quake.md")

    assert (post.title, post.categories) == ("강진", ())
    assert entry_of(NIKOLA, "quake.md").html == "<p>글.</p>\n"


def test_the_day_may_stand_in_the_name() -> None:
    post = post_of("Title: 강진\n\n글.\n", "2024-05-18_quake.md")

    assert str(post.published) == "2024-05-17 15:00:00+00:00"


def test_html_without_fields_is_no_page_of_hugo_s() -> None:
    name = "2024-05-18-quake.html"

    assert post_of("<p>글</p>\n", name).title == "Quake"
    assert codes(read("<p>글</p>\n", name, site("hugo"))) == ["FM004"]


def test_a_draft_is_one() -> None:
    reading = read("Title: 강진\nDate: 2024-05-18\nStatus: Draft\n\n글.\n", "quake.md")

    assert (reading.post, codes(reading)) == (None, [])


def test_a_problem_stands_in_its_line() -> None:
    reading = read("Title: 강진\nAuthor: 김\nDate: 내일\n\n글\x07.\n", "quake.md")

    assert [(found.code, found.line) for found in reading.problems] == [
        ("DT001", 3),
        ("HT005", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Title: 강진\n\n글.\n",
        "Note: 강진\nDate: 2024-05-18\n\n글.\n",
        "Title: 강진\nDate: 2024-05-18\n글.\n",
        "<!-- Title: 강진 -->\n",
        "글.\n",
    ],
)
def test_a_text_that_says_no_more_is_no_post(text: str) -> None:
    assert codes(read(text, "quake.md")) == ["FM004"]


def test_a_hostile_header_takes_no_time() -> None:
    begun = time.process_time()
    for text in (
        "a: b\n" * 20_000,
        "a:" * 50_000,
        "<!--\n" + "\n" * 60_000,
        "a:\n \n" * 9_000,
    ):
        header(text, "quake.md")

    assert time.process_time() - begun < 3
