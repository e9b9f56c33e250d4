from typing import Any

import pytest

from syndicate.config import Config
from syndicate.posts.permalink import link_by_name
from tests.posts.samples import entry_of, front, html_of, post_of


def config(permalink: str = "date", **posts: Any) -> Config:
    collections = [
        {"name": "recipes"},
        {"name": "docs", "permalink": "/:collection/:path/"},
        {"name": "films", "dir": "media/_films", "permalink": "/f/:title/"},
        {"name": "staff", "output": False},
    ]
    return Config.model_validate(
        {
            "site": {"url": "https://news.example", "timezone": "Asia/Seoul"},
            "posts": {
                "permalink": permalink,
                "also": ["news/_posts"],
                "collections": collections,
                **posts,
            },
        }
    )


def link(path: str, permalink: str = "date", fields: str = "title: T") -> str:
    found = post_of(front(fields), path, config(permalink))
    return found.link.removeprefix("https://news.example")


def test_folders_lie_below_what_they_have_in_common() -> None:
    site = config()

    assert site.posts_folders == (
        "_posts", "news/_posts", "_recipes", "_docs", "media/_films"
    )  # fmt: skip
    assert site.posts_dir == site.folder
    assert site.shown("_posts/a.md") == "_posts/a.md"


def test_a_folder_alone_is_the_root_itself() -> None:
    site = config(collections=[], also=[])
    far = config(dir="site/_posts", collections=[], also=["site/news/_posts"])

    assert site.posts_folders == ("",)
    assert site.shown("a.md") == "_posts/a.md"
    assert far.posts_folders == ("_posts", "news/_posts")
    assert far.shown("_posts/a.md") == "site/_posts/a.md"
    assert config(dir=".", collections=[], also=["x"]).posts_folders == ("", "x")


@pytest.mark.parametrize(
    ("path", "permalink", "expected"),
    [
        ("_posts/2026-01-02-a.md", "date", "/2026/01/02/a.html"),
        ("news/_posts/2026-01-02-a.md", "date", "/news/2026/01/02/a.html"),
        ("news/_posts/2026-01-02-a.md", "/:path/", "/news/2026-01-02-a/"),
        ("_recipes/soup/Pho Bo.md", "date", "/recipes/soup/Pho%20Bo.html"),
        ("_recipes/a.md", "pretty", "/recipes/a/"),
        ("_recipes/a.md", "/:title/", "/recipes/a/"),
        ("_recipes/a.md", "/:title:output_ext", "/recipes/a.html"),
        ("_recipes/a.md", "weekdate", "/recipes/a"),
        ("_docs/a/b.md", "date", "/docs/a/b/"),
        ("media/_films/2026-01-02-a.md", "date", "/f/a/"),
    ],
)
def test_each_collection_has_its_own_addresses(
    path: str, permalink: str, expected: str
) -> None:
    assert link(path, permalink) == expected


def test_a_file_of_a_collection_is_found_by_its_path() -> None:
    assert link_by_name("_docs/a.md", config()) == "https://news.example/docs/a/"
    assert link_by_name("about.md", config()) is None


def test_a_body_may_ask_for_what_the_configuration_says_of_the_site() -> None:
    site = Config.model_validate(
        {"site": {"url": "https://a.example", "values": {"phone": "02-1", "on": True}}}
    )
    text = front("title: T", "{{ site.phone }}{% if site.on %}!{% endif %}\n")

    assert "02-1!" in entry_of(text, config=site).html
    assert html_of("가") == "<p>가</p>\n"
