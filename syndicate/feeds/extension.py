"""
The one extension that puts right what feedgen 1.0.0 writes.

    feedgen                                  here
    entry links lose rel, type, length       set again, in the order they were added
    RSS knows one link of the feed, self     hubs and archives added
    no xml:lang, dc:creator, media:content   added as parts

feedgen's Atom elements have bare names (``"link"``), for ``xmlns`` is there a plain
attribute. What is added keeps to that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
FH = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CLOSING = re.compile(r"</(?=\w+>)")
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Part:
    """An element that feedgen does not write."""

    tag: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence["Part"] = ()


class FeedParts:
    """What is added to a feed. feedgen makes one and calls its methods."""

    def __init__(self) -> None:
        self.namespaces: Mapping[str, str] = {}  # prefix to tag prefix: "dc": DC
        self.links: Sequence[Mapping[str, str]] = ()  # of the RSS feed, self apart
        self.parts: Sequence[Part] = ()
        self.dated = True  # whether it has an entry to take its date from

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespaces of the parts."""
        return {prefix: tag.strip("{}") for prefix, tag in self.namespaces.items()}

    def extend_rss(self, rss: etree._Element) -> None:
        """Add links, which RSS takes from Atom, and parts; drop a date that is none."""
        root = rss[0]
        _grow(root, (Part(f"{ATOM}link", attributes=link) for link in self.links))
        _grow(root, self.parts)
        if not self.dated:
            etree.strip_elements(root, "lastBuildDate")

    def extend_atom(self, feed: etree._Element) -> None:
        """Add the parts: feedgen writes the links of an Atom feed in full."""
        _declare(feed, "title", "subtitle")
        _grow(feed, self.parts)


class EntryParts:
    """What is added to an entry. feedgen makes one for each and calls its methods."""

    def __init__(self) -> None:
        self.links: Sequence[Mapping[str, str]] = ()  # as given to feedgen's ``link``
        self.language = ""  # where it differs from the feed's
        self.parts: Sequence[Part] = ()

    def extend_atom(self, entry: etree._Element) -> None:
        """Complete the links, say which texts are HTML and add the parts."""
        _declare(entry, "title", "summary")
        for node, link in zip(entry.findall("link"), self.links, strict=True):
            for name, text in link.items():
                node.set(name, text)
        if self.language:
            entry.set(f"{XML}lang", self.language)
        _grow(entry, self.parts)

    def extend_rss(self, item: etree._Element) -> None:
        """Add the parts."""
        _grow(item, self.parts)


def tame(text: str) -> str:
    """Keep words such as ``</p>`` from passing for markup: they look as they were."""
    return CLOSING.sub("<\N{WORD JOINER}/", text)


def _declare(parent: etree._Element, *names: str) -> None:
    """
    Turn plain text with words such as ``</p>`` in it into HTML that shows them.

    Source: RFC 4287 section 3.1.1. W3C: ContainsUndeclaredHTML.
    """
    for name in names:
        node = parent.find(name)
        if node is not None and node.text and CLOSING.search(node.text):
            node.set("type", "html")
            node.text = escape(node.text, quote=False)


def _grow(parent: etree._Element, parts: Iterable[Part]) -> None:
    for part in parts:
        node = etree.SubElement(parent, part.tag, dict(part.attributes))
        node.text = part.text
        _grow(node, part.parts)
