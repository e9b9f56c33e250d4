from typing import Any

import pytest

from syndicate.config import Config
from syndicate.posts.defaults import with_defaults
from tests.posts.samples import front, post_of


def config(*defaults: dict[str, Any]) -> Config:
    return Config.model_validate(
        {
            "site": {"url": "https://news.example"},
            "posts": {"defaults": defaults, "collections": [{"name": "docs"}]},
        }
    )


@pytest.mark.parametrize(
    ("scope", "path", "is_taken"),
    [
        ({}, "_posts/a.md", True),
        ({"path": "_posts"}, "_posts/a.md", True),
        ({"path": "/_posts/2024"}, "_posts/2024-01-02-a.md", True),
        ({"path": "_posts/b"}, "_posts/a.md", False),
        ({"path": "_posts/*/x"}, "_posts/a/x/b.md", True),
        ({"path": "_posts/*/x"}, "_posts/a/b/x/c.md", False),
        ({"path": "**/x"}, "_posts/a/b/x/c.md", True),
        ({"type": "posts"}, "_posts/a.md", True),
        ({"type": "posts"}, "_docs/a.md", False),
        ({"type": "docs", "path": "_docs"}, "_docs/a.md", True),
    ],
)
def test_defaults_hold_for_their_path_and_type(
    scope: dict[str, str], path: str, *, is_taken: bool
) -> None:
    site = config({**scope, "values": {"author": "사회부"}})
    post = post_of(front("title: T\ndate: 2026-01-02"), path, site)

    assert post.authors == (("사회부",) if is_taken else ())


def test_the_longest_path_wins_then_one_with_a_type_then_the_last() -> None:
    def one(value: str, **scope: str) -> dict[str, Any]:
        return {**scope, "values": {"layout": value}}

    def layout(*defaults: dict[str, Any]) -> object:
        return with_defaults({}, "_posts/a.md", config(*defaults))["layout"]

    assert layout(one("a", path="_posts"), one("b")) == "a"
    assert layout(one("a", type="posts"), one("b")) == "a"
    assert layout(one("a"), one("b", type="posts")) == "b"
    assert layout(one("a"), one("b")) == "b"


def test_what_a_post_says_wins_and_categories_add_up() -> None:
    values = {
        "author": "사회부",
        "categories": ["사회"],
        "cover": {"image": "/a.png", "alt": "땅"},
        "breaking": True,
    }
    fields: dict[str, Any] = {
        "author": "김",
        "categories": "읍 면",
        "cover": {"image": "/b.png"},
    }
    found = with_defaults(fields, "_posts/a.md", config({"values": values}))

    assert found == {
        "author": "김",
        "categories": ["사회", "읍", "면"],
        "cover": {"image": "/b.png", "alt": "땅"},
        "breaking": "true",
    }
    listed = with_defaults(
        {"categories": ["읍"]}, "_posts/a.md", config({"values": values})
    )
    assert listed["categories"] == ["사회", "읍"]


def test_a_folder_may_have_its_own_permalink() -> None:
    site = config({"path": "_posts/blog", "values": {"permalink": "/b/:title/"}})
    post = post_of(front("title: T"), "_posts/blog/2026-01-02-a.md", site)

    assert post.link == "https://news.example/b/a/"
