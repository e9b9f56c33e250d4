"""
The record a message becomes.

Source: docs.bsky.app/docs/advanced-guides/posts
"""

from typing import Any

from syndicate.channels.atproto.facets import rich
from syndicate.channels.text import clip
from syndicate.channels.wire.key import moment_of
from syndicate.model import Message

POSTS = "app.bsky.feed.post"
LONGEST_TITLE, LONGEST_DESCRIPTION = 300, 1_000  # of a card; the lexicon sets no limit


def record(message: Message) -> dict[str, Any]:
    """Say a message as ``app.bsky.feed.post``, all but ``createdAt``."""
    shown, facets = rich(message.text)
    made: dict[str, Any] = {"$type": POSTS, "text": shown}
    if message.language:
        made["langs"] = [message.language]
    if facets:
        made["facets"] = facets
    if message.link:
        made["embed"] = {
            "$type": "app.bsky.embed.external",
            "external": {
                "uri": message.link,
                "title": clip(message.title or message.link, LONGEST_TITLE),
                "description": clip(
                    message.excerpt or message.beside, LONGEST_DESCRIPTION
                ),
            },
        }
    return made


def timed(body: str, key: str) -> str:
    """Give a record as it leaves: behind all else, the time of its delivery."""
    moment = moment_of(key).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f'{body.removesuffix("}")},"createdAt":"{moment}"}}'
