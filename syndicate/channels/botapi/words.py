"""
A message in Telegram's HTML.

Source: core.telegram.org/bots/api#html-style
"""

from html import escape

from syndicate.model import Message


def marked_up(message: Message) -> str:
    """Escape the text, and set the title bold where the text begins with it."""
    text, title = escape(message.text, quote=False), escape(message.title, quote=False)
    head, newline, rest = text.partition("\n")
    return f"<b>{head}</b>{newline}{rest}" if title and head == title else text
