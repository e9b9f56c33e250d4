"""
Which collections of a Jekyll site are news.

jekyll-feed shows ``posts`` and the collections it is told to (``feed.collections``), for a
collection may hold recipes, staff or manuals. Files without a date are as new as the day
they are first seen: a first run would put all of them at the head of every feed. So a
collection is news where jekyll-feed was told so, or where a file of it has a date.

Source: github.com/jekyll/jekyll-feed, "Collections"
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

ENDINGS = {".html", ".markdown", ".md"}
DATED_NAME = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
DATE = re.compile(
    rb"\A\s*---[ \t]*\r?$(?:(?!^---).)*?^date[ \t]*:", re.MULTILINE | re.DOTALL
)
HEAD = 1 << 14
"""Bytes of a file that its front matter is looked for in."""

MOST = 2000
"""Files of a collection that are looked at."""


def told(said: Mapping[str, Any]) -> set[str]:
    """Give the names of the collections that jekyll-feed was told to show."""
    feed = said.get("feed")
    names = feed.get("collections") if isinstance(feed, Mapping) else None
    return set(map(str, names)) if isinstance(names, list | Mapping) else set()


def is_news(folder: Path) -> bool:
    """Tell whether a file in a folder has a date; an empty folder may yet."""
    dated = [_is_dated(file) for file in islice(_files(folder), MOST)]
    return any(dated) or not dated


def _files(folder: Path) -> Iterator[Path]:
    found = (file for file in folder.rglob("*") if file.suffix in ENDINGS)
    return (file for file in found if file.is_file())


def _is_dated(file: Path) -> bool:
    if DATED_NAME.match(file.name):
        return True
    try:
        with file.open("rb") as opened:
            return DATE.match(opened.read(HEAD)) is not None
    except OSError:  # it may not be read
        return False
