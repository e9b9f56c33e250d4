"""
JSON Feed 1.1.

Source: jsonfeed.org/version/1.1
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from syndicate.feeds.feed import KEPT, Feed, Format, terms
from syndicate.model import Entry, Picture

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
    items = b",".join(_item(entry) for entry in feed.entries)
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
            "attachments": _attachments(entry.picture),
            "_source": source,  # ours: the format has no word for it
        }
    )


def _attachments(picture: Picture | None) -> list[dict[str, Any]]:
    """Give the picture, where its type is known: an attachment must have one."""
    if not picture or not picture.type:
        return []
    size = {"size_in_bytes": picture.length} if picture.length else {}
    return [{"url": picture.url, "mime_type": picture.type} | size]


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
