"""
A message in Telegram's HTML.

Source: core.telegram.org/bots/api#html-style
"""

from html import escape

from syndicate.channels.text.headline import heading
from syndicate.model import Message


def marked_up(message: Message) -> str:
    """Escape the text, and set the title bold where the text begins with it."""
    text = escape(message.text, quote=False)
    head, newline, rest = text.partition("\n")
    return f"<b>{head}</b>{newline}{rest}" if heading(message) else text
