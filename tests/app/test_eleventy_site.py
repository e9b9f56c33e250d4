import json
from pathlib import Path
from typing import Any

import pytest

from syndicate.app.eleventy_site import take

CONFIG = """
// input: "old"
/* return { dir: { input: "older" } } */
export default (config) => ({ pathPrefix: '/blog/', dir: { input: "src", output: `dist` } });
"""
POST = "---\ntitle: 강진\n---\n글.\n"


def took(folder: Path, text: str, **more: object) -> dict[str, Any]:
    """Write files, and say what is taken from a configuration beside them."""
    files = {"src/posts/quake.md": POST, **more}
    for name, said in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")
    return {ours: value for ours, _, value in take(text, folder) if value}


def test_a_site_says_who_it_is_and_where_its_posts_are(tmp_path: Path) -> None:
    about = {
        "url": "https://news.example/",
        "title": "소식",
        "author": {"name": "편집국"},
        "lang": "ko_KR",
    }
    pages = {"src/about.md": POST, "dist/posts/copy.md": POST}
    found = took(tmp_path, CONFIG, **{"src/_data/site.json": about, **pages})

    assert found == {
        "site.url": "https://news.example/blog",
        "site.title": "소식",
        "site.language": "ko-KR",
        "site.author": "편집국",
        "posts.dir": "src/posts",
        "posts.permalink": "/posts/:eleventy/",
    }


def test_it_may_say_so_in_javascript(tmp_path: Path) -> None:
    about = (
        "export default { author: { name: '김', site: { url: 'https://x.example' } },\n"
        ' title: "소식", url: "https://news.example", language: lang(), }'
    )
    found = took(tmp_path, CONFIG, **{"src/_data/metadata.js": about})

    assert found["site.url"] == "https://news.example/blog"
    assert found["site.title"] == "소식"
    assert "site.author" not in found
    assert "site.language" not in found


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ('config.setInputDirectory("src")', "src/posts"),
        ("dir: { input: folders.source }", "src/posts"),
        ("dir: { input: 'gone' }", "src/posts"),
        ("", "src/posts"),
    ],
)
def test_where_pages_are_may_be_said_otherwise(
    tmp_path: Path, text: str, folder: str
) -> None:
    assert took(tmp_path, text)["posts.dir"] == folder


def test_the_address_of_a_page_begins_where_pages_are(tmp_path: Path) -> None:
    assert took(tmp_path, "")["posts.permalink"] == "/src/posts/:eleventy/"


def test_a_site_that_came_from_jekyll_keeps_its_folder(tmp_path: Path) -> None:
    for name in ("_posts/2024-05-18-quake.md", "_drafts/a.md", "_includes/posts/b.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(POST, "utf-8")

    found = {ours: value for ours, _, value in take("", tmp_path) if value}

    assert found["posts.dir"] == "_posts"
    assert found["posts.permalink"] == "/_posts/:eleventy/"


def test_posts_may_be_in_several_folders(tmp_path: Path) -> None:
    found = took(
        tmp_path,
        CONFIG,
        **{"src/diary/diary.json": {"tags": "post"}, "src/diary/day.md": POST},
    )

    assert found["posts.dir"] == "src/diary"
    assert found["posts.also"] == ["src/posts"]
    assert found["posts.permalink"] == "eleventy"


def test_what_folders_say_is_said_for_their_posts(tmp_path: Path) -> None:
    found = took(
        tmp_path,
        CONFIG,
        **{
            "src/posts/posts.json": {
                "layout": "post",
                "tags": ["posts", "지진"],
                "permalink": "{{ title | slug }}/",
            },
            "src/posts/posts.11tydata.js": "module.exports = { lang: 'ko', tags: ['posts'] }",
            "src/posts/drafts/drafts.11tydata.json": {"permalink": False},
            "src/posts/bad/bad.json": "[1",
            "src/posts/list/list.json": [1],
            "src/posts/computed/computed.json": {
                "permalink": {"build": "x"},
                "tags": 1,
            },
        },
    )

    assert found["posts.defaults"] == [
        {
            "path": "src/posts/",
            "values": {"lang": "ko", "permalink": "/{{ title | slug }}/"},
        },
        {"path": "src/posts/drafts/", "values": {"permalink": False}},
    ]


def test_a_site_without_data_has_the_address_of_its_package(tmp_path: Path) -> None:
    package = {"name": "x", "homepage": "https://news.example"}
    found = took(tmp_path, CONFIG, **{"package.json": package})

    assert found["site.url"] == "https://news.example/blog"
    assert "site.title" not in found


@pytest.mark.parametrize("page", ["https://github.com/a/b", 1])
def test_but_not_that_of_its_repository(tmp_path: Path, page: object) -> None:
    assert "site.url" not in took(
        tmp_path, CONFIG, **{"package.json": {"homepage": page}}
    )


def test_a_site_without_a_folder_of_posts_says_no_such(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()

    assert list(take("", tmp_path))[-1][0] == "site.author"
