"""
JSON Feed 1.1.

Source: jsonfeed.org/version/1.1
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from syndicate.feeds.feed import KEPT, Feed, Format, terms
from syndicate.model import Enclosure, Entry, Picture

FILE = "feed.json"


def write(feed: Feed) -> bytes:
    """Write a feed as JSON Feed 1.1."""
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.link,
        "feed_url": feed.url + FILE,
        "description": feed.description,
        "icon": feed.image,
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
    }
    items = b",".join(feed.earlier.written(FILE, _item, [feed.entries]))
    return _json(about)[:-1] + b',"items":[' + items + b"]}"


@lru_cache(maxsize=KEPT)
def _item(entry: Entry) -> bytes:
    source = entry.source and {"url": entry.source.url, "title": entry.source.title}
    return _json(
        {
            "id": entry.identity,
            "url": entry.link,
            "title": entry.title,
            "content_html": entry.html,
            "summary": entry.excerpt,
            "image": entry.picture and entry.picture.url,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": name} for name in entry.authors],
            "tags": [name for _, name in terms(entry)],
            "language": entry.language,
            "attachments": _attachments(entry),
            "_source": source,  # ours: the format has no word for it
        }
    )


def _attachments(entry: Entry) -> list[dict[str, Any]]:
    """Give the recordings, or else the picture, of known type; others cannot be."""
    if not entry.enclosures:
        return (
            [_attachment(entry.picture)] if entry.picture and entry.picture.type else []
        )
    return [
        _attachment(each)
        | ({"duration_in_seconds": each.duration} if each.duration else {})
        for each in entry.enclosures
        if each.type
    ]


def _attachment(file: Picture | Enclosure) -> dict[str, Any]:
    size = {"size_in_bytes": file.length} if file.length else {}
    return {"url": file.url, "mime_type": file.type} | size


def _json(keys: Mapping[str, Any]) -> bytes:
    """Write what is not empty: a key is present or absent, never null."""
    known = {key: value for key, value in keys.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()


def identities(content: bytes) -> list[str]:
    """Read the identities of the items back."""
    try:
        return [str(item["id"]) for item in json.loads(content)["items"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no JSON Feed: {error}") from error


FORMAT = Format(
    name="JSON Feed 1.1",
    file=FILE,
    media_type="application/feed+json",
    write=write,
    identities=identities,
)
