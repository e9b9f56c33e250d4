"""Sites and posts for the tests of this room."""

from datetime import UTC, datetime
from typing import Any

from syndicate.config import Config
from syndicate.model import Entry, FiledPost, Post
from syndicate.posts.entry import make_entry
from syndicate.posts.read import Reading, read_post

NOON = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PATH = "2026-01-02-quake.md"


def site(permalink: str = "date", **keys: Any) -> Config:
    """Make the configuration of a Korean newsroom."""
    given = {
        "url": "https://news.example",
        "language": "ko",
        "timezone": "Asia/Seoul",
        **keys,
    }
    return Config.model_validate({"site": given, "posts": {"permalink": permalink}})


def read(text: str | bytes, path: str = PATH, config: Config | None = None) -> Reading:
    """Read a file with this content."""
    raw = text if isinstance(text, bytes) else text.encode()
    return read_post(raw, path, config or site())


def post_of(text: str | bytes, path: str = PATH, config: Config | None = None) -> Post:
    """Read a file that is a good post."""
    reading = read(text, path, config)
    assert reading.post, [str(problem) for problem in reading.problems]
    return reading.post


def front(fields: str, body: str = "글.\n") -> str:
    """Write a file with this front matter."""
    return f"---\n{fields}\n---\n{body}"


def title_of(fields: str) -> str:
    """Read the title of a post with this front matter."""
    return post_of(front(fields)).title


def codes(reading: Reading) -> list[str]:
    """List the codes of what is wrong."""
    return [problem.code for problem in reading.problems]


def places(reading: Reading) -> list[tuple[str, int, int]]:
    """List what is wrong, and where."""
    return [(found.code, found.line, found.col) for found in reading.problems]


def entry_of(text: str, path: str = PATH, config: Config | None = None) -> Entry:
    """Render a post."""
    reading = read(text, path, config)
    assert reading.post, [str(problem) for problem in reading.problems]
    filed = FiledPost(post=reading.post, identity="tag:x,2026:1", first_seen=NOON)
    return make_entry(filed, reading.body, config or site())


def html_of(body: str, path: str = PATH, fields: str = "title: 지진") -> str:
    """Render a body."""
    return entry_of(front(fields, body), path).html
