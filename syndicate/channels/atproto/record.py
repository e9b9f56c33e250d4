"""
The record a message becomes.

Source: docs.bsky.app/docs/advanced-guides/posts
"""

from datetime import UTC
from typing import Any

from syndicate.channels.atproto.facets import facets
from syndicate.channels.atproto.tid import EPOCH
from syndicate.channels.text import clip
from syndicate.model import Message

POSTS = "app.bsky.feed.post"
LONGEST_TITLE, LONGEST_DESCRIPTION = 300, 1_000  # of a card; the lexicon sets no limit


def record(message: Message) -> dict[str, Any]:
    """Say a message as ``app.bsky.feed.post``: text, facets, language, link card."""
    moment = (message.decided or EPOCH).astimezone(UTC)  # an alert always has one
    made: dict[str, Any] = {
        "$type": POSTS,
        "createdAt": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "text": message.text,
    }
    if message.language:
        made["langs"] = [message.language]
    if found := facets(message.text):
        made["facets"] = found
    if message.link:
        made["embed"] = {
            "$type": "app.bsky.embed.external",
            "external": {
                "uri": message.link,
                "title": clip(message.title or message.link, LONGEST_TITLE),
                "description": clip(message.excerpt, LONGEST_DESCRIPTION),
            },
        }
    return made
