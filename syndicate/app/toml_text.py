"""The text of a first ``config.toml``."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

EXAMPLE = "https://news.example"

BARE = re.compile(r"[A-Za-z0-9_-]+")

SITE = {
    "title": "The News",
    "description": "News of our town",
    "language": "ko",
    "timezone": "Asia/Seoul",
    "author": "Newsroom",
}
FEEDS = """
[feeds]
dir = "feeds"
# url = "https://news.example/feeds/"  # where readers fetch them
""".rstrip().splitlines()
REST = """
[server]
listen = "127.0.0.1:8700"  # "" switches it off

# Posts titled [속보] …, in the categories 속보 or breaking, or with `breaking: true`
# become alerts; docs/reference/config.md shows how to write rules of your own.

[[channels]]
name = "terminal"
kind = "log"

# [[channels]]
# name = "desk-telegram"
# kind = "telegram"
# token_file = "/run/secrets/telegram"
# chat = "@newsdesk"
""".rstrip().splitlines()


def lines(took: Mapping[str, Any]) -> Iterator[str]:
    """Write the file: what was taken, and the rest as comments that can be uncommented."""
    yield "[site]"
    yield _line("url", took.get("site.url", EXAMPLE)) + "  # the only required key"
    for name, example in SITE.items():
        value = took.get(f"site.{name}")
        yield _line(name, value) if value else "# " + _line(name, example)
    if image := took.get("site.image"):
        yield _line("image", image)
    if values := took.get("site.values"):
        yield from ("", "[site.values]")
        yield from (_line(key, value) for key, value in values.items())
    yield from ("", "[posts]", _line("dir", took.get("posts.dir", "_posts")))
    for name in ("also", "languages"):
        if several := took.get(f"posts.{name}"):
            yield _line(name, several)
    permalink = took.get("posts.permalink")
    yield (
        _line("permalink", permalink)
        if permalink
        else "# " + _line("permalink", "date")
    )
    for name in ("collections", "defaults"):
        for table in took.get(f"posts.{name}", ()):
            yield from ("", f"[[posts.{name}]]")
            yield from (_line(key, value) for key, value in table.items())
    yield from FEEDS
    if podcast := took.get("feeds.podcast"):
        yield from ("", "[feeds.podcast]")
        yield from (_line(key, value) for key, value in podcast.items())
    yield from REST


def written(value: object) -> str:
    """Write a value of YAML as TOML; of what TOML has no form for, its text."""
    match value:
        case bool() | int() | float():
            return json.dumps(value).replace("Infinity", "inf").replace("NaN", "nan")
        case list():
            return f"[{', '.join(map(written, value))}]"
        case Mapping():
            pairs = (f"{written(str(k))} = {written(v)}" for k, v in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case _:
            # A JSON string without escapes beyond these is a TOML basic string.
            # Half a character, which JSON can name, is none.
            whole = str(value).encode(errors="replace").decode()
            text = json.dumps(whole, ensure_ascii=False)
            return text.replace("\x7f", "\\u007f")


def _line(name: str, value: object) -> str:
    key = name if BARE.fullmatch(name) else written(name)
    return f"{key} = {written(value)}"
