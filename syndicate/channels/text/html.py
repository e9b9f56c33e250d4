"""A message as HTML, for kinds whose readers see bold letters and links."""

from html import escape

from syndicate.channels.text.headline import heading
from syndicate.model import Message


def as_html(message: Message) -> str:
    """
    Write a message's text as HTML: its address a link, its lines broken by ``<br>``.

    The first line is set bold where it is the title, with its prefix.
    """
    lines = escape(message.text, quote=False).split("\n")
    if heading(message):
        lines[0] = f"<strong>{lines[0]}</strong>"
    text = "<br>".join(lines)
    if not message.link:
        return text
    shown = escape(message.link, quote=False)
    return text.replace(shown, f'<a href="{escape(message.link)}">{shown}</a>')


def as_page(message: Message) -> str:
    """Write a message as a page of its own, its picture below the words."""
    picture = message.picture
    shown = (
        f'<p><img src="{escape(picture.url)}" alt="{escape(picture.alt)}" '
        'style="max-width:100%"></p>'
        if picture
        else ""
    )
    return (
        f'<!doctype html><html lang="{escape(message.language)}"><meta charset="utf-8">'
        f'<body dir="auto"><p>{as_html(message)}</p>{shown}</body></html>'
    )
