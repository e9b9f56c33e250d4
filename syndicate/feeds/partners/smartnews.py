"""
SmartNews, in its SmartFormat 2.1.

Source: publishers.smartnews.com, "SmartFormat Specification (Version 2.1)" and its
Japanese outline, for the limit of the size
"""

from email.utils import format_datetime
from typing import Any

from lxml import etree

from syndicate.feeds.extension import MEDIA
from syndicate.feeds.feed import Feed
from syndicate.feeds.partners import rules
from syndicate.feeds.partners.profile import Profile

SNF = "http://www.smartnews.be/snf"
MINUTES = "15"  # until the feed may be looked at again: 1 to 15 are recommended
REFUSED = frozenset(["embed", "form", "object", "script", "style"])


def shape(root: Any, feed: Feed) -> None:
    """Add the date, the logo, and a thumbnail to each item."""
    channel = root[0]
    first = channel.find("item")
    at = len(channel) if first is None else channel.index(first)
    date = etree.Element("pubDate")
    date.text = format_datetime(feed.updated)
    ttl = etree.Element("ttl")
    ttl.text = MINUTES
    channel[at:at] = [date, ttl, *_logo(feed)]
    for item in channel.iterfind("item"):
        if (found := item.find(f"{MEDIA}content")) is not None:
            etree.SubElement(item, f"{MEDIA}thumbnail", url=found.get("url"))


def _logo(feed: Feed) -> list[Any]:
    if not feed.image:
        return []
    logo = etree.Element(f"{{{SNF}}}logo")
    etree.SubElement(logo, "url").text = feed.image
    return [logo]


PROFILE = Profile(
    name="SmartNews",
    most=50,
    shape=shape,
    namespaces={"snf": SNF},
    rules=[
        rules.identity(),
        rules.size(most=1_000_000),
        rules.about(most=30),
        rules.logo(),
        rules.title(most=500),  # none is documented: only that there is one
        rules.link(),
        rules.fresh(),
        rules.picture(),
        rules.body(without=REFUSED),
    ],
)
