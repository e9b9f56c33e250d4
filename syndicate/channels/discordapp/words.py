"""
A message as content and card, escaped and counted.

Source: docs.discord.com/developers/resources/message; support.discord.com, "Markdown
Text 101"
"""

import re
from typing import Any

from syndicate.channels.text import between_links, clip
from syndicate.model import Message

MARKUP = re.compile(r"[\\*_~`|<]|\](?=\()|^[#>-]", re.MULTILINE)
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_ALT = 256, 600, 1_024  # UTF-16 units
NOBODY: dict[str, list[str]] = {"parse": []}  # nobody is called by words of a post


def escaped_utf_16_units(text: str) -> int:
    """Count what the content will count, its marks escaped and a link in brackets."""
    brackets = 2 if "://" in text else 0
    return len(_escaped(text).encode("utf-16-le", "surrogatepass")) // 2 + brackets


def words(message: Message) -> dict[str, Any]:
    """
    Say a message: content, and a card of the post.

    The address in the content stands in brackets, so that Discord makes no second card.
    """
    content = _escaped(message.text)
    said: dict[str, Any] = {"allowed_mentions": NOBODY, "content": content}
    if message.link:
        said["content"] = content.replace(message.link, f"<{message.link}>", 1)
    if message.link or message.picture:
        said["embeds"] = [_card(message)]
    return said


def _escaped(text: str) -> str:
    return between_links(text, lambda part: MARKUP.sub(r"\\\g<0>", part))


def _card(message: Message) -> dict[str, Any]:
    card: dict[str, Any] = {}
    if message.link:
        card["title"] = clip(message.title or message.link, LONGEST_TITLE)
        card["url"] = message.link
    if message.link and (said := message.excerpt or message.beside):
        excerpt = MARKUP.sub(r"\\\g<0>", said)
        card["description"] = clip(excerpt, LONGEST_DESCRIPTION)
    if message.picture:
        card["image"] = {"url": message.picture.url}
        if message.picture.alt:
            card["image"]["description"] = clip(message.picture.alt, LONGEST_ALT)
    return card
