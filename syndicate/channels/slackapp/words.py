"""
A message as text, escaped and counted.

Source: docs.slack.dev/messaging/formatting-message-text
"""

from typing import Any

from syndicate.channels.text import pieces
from syndicate.model import Message


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
    """Say a message: text without markup, and the card Slack makes of its address."""
    return {
        "mrkdwn": False,  # a title with asterisks reads as it was written
        "text": escaped(message.text),
        "unfurl_links": True,
        "unfurl_media": True,
    }


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
