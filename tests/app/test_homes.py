import unicodedata
from typing import Any

import pytest

from syndicate.app.checking import check

TITLES = ("title: '[속보] 하나'", "title: '[속보] 둘'")


def codes(desk: Any) -> list[tuple[str, str]]:
    """List code and file of what is wrong."""
    problems = desk.app.newsroom.problems()
    return [(problem.code, problem.file) for problem in problems]


def test_of_two_posts_at_one_address_one_stands_and_both_are_named(desk: Any) -> None:
    desk.save("b.md", "title: 하나", "permalink: /x/", body="가")
    desk.save("a.md", "title: 둘", "permalink: /x/", body="나")
    desk.look()
    problem = desk.app.newsroom.problems()[0]

    assert "둘" in desk.feed()
    assert "하나" not in desk.feed()
    assert (problem.code, problem.file) == ("SL009", "_posts/b.md")
    assert "_posts/a.md" in problem.message
    assert "https://news.example/x/" in problem.message
    assert [p.code for p in check(desk.app.config).problems] == ["SL009"]


def test_who_stands_stays_though_a_newcomer_comes_first_by_path(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("b.md", TITLES[0], "permalink: /x/", body="가")
    desk.look()
    desk.save("a.md", TITLES[1], "permalink: /x/", body="나")

    assert desk.look() == []
    assert codes(desk) == [("SL009", "_posts/a.md")]
    desk.reopen()
    assert desk.look() == []
    assert codes(desk) == [("SL009", "_posts/a.md")]
    assert "하나" in desk.feed()


def test_a_post_that_yielded_is_news_once_the_other_has_moved(open_desk: Any) -> None:
    desk = open_desk()
    first = desk.save("a.md", TITLES[0], "permalink: /x/", body="가")
    desk.save("b.md", TITLES[1], "permalink: /x/", body="나")

    assert desk.look() == ["[속보] 하나"]
    first.write_text(first.read_text("utf-8").replace("/x/", "/y/"), "utf-8")
    assert desk.look() == ["[속보] 둘"]
    assert codes(desk) == []
    assert desk.look() == []


def test_of_the_first_run_it_is_no_news(desk: Any) -> None:
    first = desk.save("a.md", TITLES[0], "permalink: /x/", body="가")
    desk.save("b.md", TITLES[1], "permalink: /x/", body="나")
    desk.look()
    desk.reopen()
    first.unlink()

    assert desk.look() == []
    assert "둘" in desk.feed()
    assert codes(desk) == []


def test_an_edit_that_clashes_leaves_the_last_good_version(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 하나", "permalink: /x/", body="가")
    second = desk.save("b.md", "title: 둘", "permalink: /y/", body="나")
    desk.look()
    second.write_text(second.read_text("utf-8").replace("/y/", "/x/"), "utf-8")
    desk.look()

    assert codes(desk) == [("SL009", "_posts/b.md")]
    assert "https://news.example/y/" in desk.feed()


def test_two_posts_may_change_places(open_desk: Any) -> None:
    desk = open_desk()
    pair = [
        desk.save(f"{name}.md", f"title: {name}", f"permalink: /{name}/", body=name)
        for name in "ab"
    ]
    desk.look()
    for path, old, new in zip(pair, "ab", "ba", strict=True):
        path.write_text(
            path.read_text("utf-8").replace(f"/{old}/", f"/{new}/"), "utf-8"
        )
    desk.look()

    assert codes(desk) == []


@pytest.mark.parametrize("link", ["", "permalink: /y/"])
def test_one_name_in_two_forms_of_unicode_is_a_clash(desk: Any, link: str) -> None:
    name = "2024-05-18-강진.md"
    desk.save(unicodedata.normalize("NFC", name), "title: 하나", body="가")
    desk.save(unicodedata.normalize("NFD", name), "title: 둘", link, body="나")
    desk.look()
    (problem,) = desk.app.newsroom.problems()

    assert problem.code == "SL010"
    assert problem.file == f"_posts/{unicodedata.normalize('NFC', name)}"
    assert desk.feed().count('"title"') == 2


def test_a_post_and_its_translation_may_share_an_address(desk: Any) -> None:
    for language in ("ko", "en"):
        desk.save(f"{language}.md", f"title: {language}", f"lang: {language}",
                  "permalink: /x/", body=language)  # fmt: skip
    desk.look()
    desk.save("zz.md", "title: zz", "lang: ko", "permalink: /x/", body="셋")
    desk.look()

    assert codes(desk) == [("SL009", "_posts/zz.md")]
    assert "_posts/ko.md" in desk.app.newsroom.problems()[0].message
