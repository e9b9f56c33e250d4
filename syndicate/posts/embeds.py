"""
What a feed cannot show, made a link: frames with films and players.

The W3C validator warns of every frame (SecurityRisk), and readers drop them; a link is
what is left of the film.
"""

import html
import re

from syndicate.posts.late import late

FRAME = re.compile(
    r"<(?:iframe|embed)\b([^<>]*)>(?:\s*</(?:iframe|embed)\s*>)?", re.IGNORECASE
)
NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = late(r"""([a-z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
FILM = late(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*")


def without_noscript(text: str) -> str:
    """Show what is there for want of a script."""
    return NOSCRIPT.sub("", text)


def as_links(text: str) -> str:
    """Make a link of every frame."""
    return FRAME.sub(_link, text)


def _link(frame: re.Match[str]) -> str:
    found = {
        name.lower(): html.unescape(value.strip("\"'"))
        for name, value in ATTRIBUTE.findall(frame[1])
    }
    source = found.get("src") or found.get("data-src", "")
    if not source:
        return ""
    address = FILM.sub(r"https://www.youtube.com/watch?v=\1", source)
    name = " ".join(found.get("title", "").split()) or address
    return f'<a href="{html.escape(address)}">{html.escape(name)}</a>'
