"""
The linter: what a partner would refuse in a feed, judged by the file it will fetch.

Nothing of how the file came about is known here, so what the writer forgets is found.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from syndicate.feeds.extension import ATOM, DC, MEDIA
from syndicate.feeds.partners.profile import Item, Profile, Refusal, Written

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SNF = "{http://www.smartnews.be/snf}"


def lint(content: bytes, profile: Profile, *, now: datetime) -> Iterator[Refusal]:
    """
    Name what a partner would refuse, first of the feed, then item by item.

    Args:
        content: The feed as it was written; well-formed.
        profile: The partner.
        now: The partner's clock.
    """
    written = read_written(content)
    for rule in profile.rules:
        if rule.of_feed:
            yield from rule.of_feed(written)
    for item in written.items:
        for rule in profile.rules:
            if rule.of_item:
                yield from rule.of_item(item, written, now)


def read_written(content: bytes) -> Written:
    """Read a feed back."""
    channel = etree.fromstring(content)[0]
    self = channel.find(f"{ATOM}link[@rel='self']")
    logo = channel.findtext(f"{SNF}logo/url") or channel.findtext("image/url")
    return Written(
        address="" if self is None else self.get("href", ""),
        language=channel.findtext("language") or "",
        description=channel.findtext("description") or "",
        logo=logo or "",
        size_bytes=len(content),
        items=[_item(each) for each in channel.iterfind("item")],
    )


def _item(item: etree._Element) -> Item:
    description = item.findtext("description") or ""
    picture = _picture(item)
    return Item(
        guid=item.findtext("guid") or "",
        title=item.findtext("title") or "",
        link=item.findtext("link") or "",
        published=_moment(item.findtext("pubDate") or ""),
        description=description,
        html=item.findtext(CONTENT) or description,
        language=item.findtext(f"{DC}language") or "",
        picture=picture.get("url", ""),
        width=_number(picture.get("width")),
        height=_number(picture.get("height")),
    )


def _picture(item: etree._Element) -> Mapping[str, str]:
    """Give the attributes of what stands for a picture, the best described first."""
    for tag in (f"{MEDIA}content", f"{MEDIA}thumbnail", "enclosure"):
        if (found := item.find(tag)) is not None:
            return {str(key): str(value) for key, value in found.attrib.items()}
    return {}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else None
