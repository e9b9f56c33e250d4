"""
A message as text, escaped and counted; and as blocks, where it has a picture.

Source: docs.slack.dev/messaging/formatting-message-text, docs.slack.dev/reference/
block-kit/blocks (rich-text-block, image-block)
"""

import json
from typing import Any

from syndicate.channels.base import as_json
from syndicate.channels.text import clip, pieces
from syndicate.model import Message

LONGEST_URL, LONGEST_ALT = 3_000, 2_000  # of an image block


def escaped(text: str) -> str:
    """Escape a text as Slack asks, its addresses in angle brackets."""
    return "".join(
        f"<{_plain(each.text)}>" if each.is_link else _plain(each.text)
        for each in pieces(text)
    )


def escaped_utf_16_units(text: str) -> int:
    """Count what Slack is sent, not what readers see: never fewer."""
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def words(message: Message) -> dict[str, Any]:
    """
    Say a message: text without markup, and the card Slack makes of its address.

    A picture stands in place of the card; then ``text`` is what notifications say.
    """
    blocks = [_rich(message.text), *_picture(message)]
    has_picture = len(blocks) > 1
    return {
        "mrkdwn": False,  # a title with asterisks reads as it was written
        "text": escaped(message.text),
        "unfurl_links": not has_picture,
        "unfurl_media": not has_picture,
        **({"blocks": blocks} if has_picture else {}),
    }


def without_picture(body: str) -> str:
    """Give a body as it is where its message has no picture."""
    fields = json.loads(body) | {"unfurl_links": True, "unfurl_media": True}
    fields["blocks"] = []
    if "ts" not in fields:  # only what changes a message must say that it has none
        del fields["blocks"]
    return as_json(fields)


def _rich(text: str) -> dict[str, Any]:
    """Give a text that is shown letter by letter, its addresses as links."""
    parts = [
        {"type": "link", "url": each.text}
        if each.is_link
        else {"type": "text", "text": each.text}
        for each in pieces(text)
    ]
    section = {"type": "rich_text_section", "elements": parts}
    return {"type": "rich_text", "elements": [section]}


def _picture(message: Message) -> list[dict[str, Any]]:
    picture = message.picture
    if picture is None or len(picture.url) > LONGEST_URL:
        return []
    alt = picture.alt or message.title or message.text  # it may not be empty
    return [
        {
            "type": "image",
            "image_url": picture.url,
            "alt_text": clip(alt, LONGEST_ALT),
        }
    ]


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
