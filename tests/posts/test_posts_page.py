"""docs/reference/posts.md names every key of front matter that is read."""

import re
from pathlib import Path

from syndicate.posts import excerpt, pictures, times

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "posts.md").read_text("utf-8")
ASKED = re.compile(r"(?:fields\.get|matter\.text|words|\.note)\(([^()]*)\)")


def test_every_key_that_is_asked_for_is_named() -> None:
    sources = (ROOT / "syndicate" / "posts").glob("*.py")
    asked = {
        key
        for path in sources
        for words in ASKED.findall(path.read_text("utf-8"))
        for key in re.findall(r'"([a-z_]+)"', words)
    }
    keys = asked | {*excerpt.KEYS, *pictures.KEYS, *times.UPDATED}

    assert {"title", "guid", "source_url"} <= keys
    assert sorted(key for key in keys if f"`{key}`" not in PAGE) == []
