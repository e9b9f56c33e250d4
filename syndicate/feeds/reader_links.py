"""
Links that open a feed in a reader, ready to subscribe.

``feed:`` opens what is installed (NetNewsWire, Reeder and others take it); the others are
services of the web, each with the address it hands out for such links.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

APP = "feed:"

SERVICES: Mapping[str, str] = {
    "Feedly": "https://feedly.com/i/subscription/feed/{}",
    "Inoreader": "https://www.inoreader.com/?add_feed={}",
    "NewsBlur": "https://www.newsblur.com/?url={}",
    "The Old Reader": "https://theoldreader.com/feeds/subscribe?url={}",
}


def reader_links(address: str) -> Sequence[Mapping[str, str]]:
    """Give name and link of each service, for the feed at an address."""
    return [
        {"name": name, "link": link.format(quote(address, safe=""))}
        for name, link in SERVICES.items()
    ]


def app_link(address: str) -> str:
    """Give the link that installed readers take."""
    return f"{APP}{address}"
