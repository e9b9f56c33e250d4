"""
What partners demand, one rule each. A profile picks its own.

Lengths count code points: what partners count is not documented by any of them.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from syndicate.feeds.partners.profile import Item, Refusal, Rule, Written
from syndicate.words import Word

ADDRESSES = ("src", "href", "poster")
_CANDIDATE = re.compile(r"(?:^|,)\s*(\S+)")


def _refuse(item: Item, code: str, **words: Word) -> Refusal:
    return Refusal(code=code, words=words, guid=item.guid)


def picture(*, least: int = 0, smaller_side: bool = False) -> Rule:
    """
    Demand a picture.

    Args:
        least: Pixels its larger side must have. A picture that was not measured passes.
        smaller_side: The smaller side, too.
    """

    def of_item(item: Item, _feed: Written, _now: datetime) -> Iterator[Refusal]:
        if not item.picture:
            yield _refuse(item, "PF001")
        elif item.width and item.height:
            side = (min if smaller_side else max)(item.width, item.height)
            if side < least:
                size = f"{item.width} × {item.height}"
                yield _refuse(item, "PF002", size=size, least=least)

    return Rule(of_item=of_item)


def title(*, least: int = 1, most: int) -> Rule:
    """Demand a title of some length, in code points."""

    def of_item(item: Item, _feed: Written, _now: datetime) -> Iterator[Refusal]:
        if not least <= (count := len(item.title)) <= most:
            yield _refuse(item, "PF003", count=count, least=least, most=most)

    return Rule(of_item=of_item)


def identity() -> Rule:
    """Demand a lasting identity: a ``guid`` that stands there and is no other item's."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        known: set[str] = set()
        for item in feed.items:
            if not item.guid or item.guid in known:
                yield Refusal(code="PF004", words={"title": item.title}, guid=item.guid)
            known.add(item.guid)

    return Rule(of_feed=of_feed)


def link(*, secure: bool = False, own_host: bool = False) -> Rule:
    """Demand an absolute link: with TLS, or on the host of the feed."""

    def of_item(item: Item, feed: Written, _now: datetime) -> Iterator[Refusal]:
        parts = urlsplit(item.link)
        schemes = ("https",) if secure else ("http", "https")
        if parts.scheme not in schemes or not parts.netloc:
            yield _refuse(item, "PF005", link=item.link)
        elif own_host and parts.hostname != (host := urlsplit(feed.address).hostname):
            yield _refuse(item, "PF006", link=item.link, host=host or "")

    return Rule(of_item=of_item)


def description(*, least: int = 1, most: int | None = None) -> Rule:
    """Demand a description of some length, in code points."""

    def of_item(item: Item, _feed: Written, _now: datetime) -> Iterator[Refusal]:
        count = len(item.description)
        if count < least:
            yield _refuse(item, "PF007", count=count, least=least)
        elif most is not None and count > most:
            yield _refuse(item, "PF008", count=count, most=most)

    return Rule(of_item=of_item)


def body(*, without: frozenset[str]) -> Rule:
    """Demand a body without some elements, handlers and relative addresses."""

    def of_item(item: Item, _feed: Written, _now: datetime) -> Iterator[Refusal]:
        if not item.html.strip():
            yield _refuse(item, "PF009")
            return
        for element in sorted(_elements(item.html) & without):
            yield _refuse(item, "PF010", element=element)
        for address in _relative(item.html):
            yield _refuse(item, "PF011", address=address)

    return Rule(of_item=of_item)


def fresh(*, within: timedelta | None = None) -> Rule:
    """Demand a date, not to come and not too long ago."""

    def of_item(item: Item, _feed: Written, now: datetime) -> Iterator[Refusal]:
        if item.published is None or item.published > now:
            yield _refuse(item, "PF012")
        elif within is not None and now - item.published >= within:
            yield _refuse(item, "PF013", days=within.days)

    return Rule(of_item=of_item)


def one_language() -> Rule:
    """Demand that every item is in the language of the feed."""

    def of_item(item: Item, feed: Written, _now: datetime) -> Iterator[Refusal]:
        if item.language and _short(item.language) != _short(feed.language):
            words = {"language": item.language, "feed": feed.language}
            yield _refuse(item, "PF014", **words)

    return Rule(of_item=of_item)


def locale() -> Rule:
    """Demand that the feed's language names a country, too: ``ko-KR``."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if "-" not in feed.language:
            yield Refusal(code="PF015", words={"language": feed.language})

    return Rule(of_feed=of_feed)


def items(*, least: int) -> Rule:
    """Demand so many items in the feed."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if (count := len(feed.items)) < least:
            yield Refusal(code="PF016", words={"count": count, "least": least})

    return Rule(of_feed=of_feed)


def size(*, most: int) -> Rule:
    """Demand a file of so many bytes at most."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if feed.size_bytes > most:
            words = {"size": feed.size_bytes, "most": most}
            yield Refusal(code="PF017", words=words)

    return Rule(of_feed=of_feed)


def logo() -> Rule:
    """Demand a logo of the site."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if not feed.logo:
            yield Refusal(code="PF018")

    return Rule(of_feed=of_feed)


def about(*, most: int) -> Rule:
    """Demand a description of the feed of so many code points at most."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if (count := len(feed.description)) > most:
            yield Refusal(code="PF019", words={"count": count, "most": most})

    return Rule(of_feed=of_feed)


def secure() -> Rule:
    """Demand that the feed is fetched with TLS."""

    def of_feed(feed: Written) -> Iterator[Refusal]:
        if urlsplit(feed.address).scheme != "https":
            yield Refusal(code="PF020", words={"address": feed.address})

    return Rule(of_feed=of_feed)


def _short(language: str) -> str:
    return language.lower().partition("-")[0]


def _tree(text: str) -> Any:
    return html.fragment_fromstring(text, create_parent="div")


def _elements(text: str) -> set[str]:
    return {node.tag for node in _tree(text).iter(etree.Element)}


def _relative(text: str) -> Iterator[str]:
    """Give the addresses of a body that lead nowhere without the page around them."""
    for node in _tree(text).iter(etree.Element):
        found = [node.get(name) for name in ADDRESSES]
        found += _CANDIDATE.findall(node.get("srcset", ""))
        for address in filter(None, found):
            if not urlsplit(address).scheme and not address.startswith("#"):
                yield address
