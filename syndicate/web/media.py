"""What kind of file a name says it is."""

from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath

from syndicate.feeds import formats
from syndicate.feeds.tombstones import FILE as TOMBSTONES

SUFFIXES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".opml": "text/x-opml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
}
PARTNERS = "partner/"
"""The folder of partner feeds, which are all RSS."""

TEXT = ("text/", "application/xml", "application/json")


def media_type(name: str) -> str:
    """
    Give the media type of a file, with its character set where it is text.

    Args:
        name: Relative path. A feed is known by its file name (``rss.xml``), in any
            folder; anything else by its suffix.
    """
    found = _bare(name)
    return f"{found}; charset=utf-8" if is_text(name) else found


def is_text(name: str) -> bool:
    """Tell whether a file is UTF-8 text, and so worth compressing."""
    found = _bare(name)
    return found.startswith(TEXT) or found.endswith(("+xml", "+json"))


def is_feed(name: str) -> bool:
    """Tell whether a file is a feed: something a hub may be told about."""
    return PurePosixPath(name).name in _feeds() or _is_partner(name)


def _is_partner(name: str) -> bool:
    return name.startswith(PARTNERS) and name.endswith(".xml")


@cache
def _feeds() -> Mapping[str, str]:
    found = {each.file: each.media_type for each in formats()}
    return found | {TOMBSTONES: found["atom.xml"]}


def _bare(name: str) -> str:
    path = PurePosixPath(name)
    if _is_partner(name):
        return "application/rss+xml"
    other = SUFFIXES.get(path.suffix.lower(), "application/octet-stream")
    return _feeds().get(path.name, other)
