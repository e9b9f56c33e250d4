"""
OPML 2.0: every feed, to subscribe to at a stroke.

Each feed stands there once, as RSS: a reader would take three formats for three feeds.
It also says what there was when it was written, so that feeds that are no more can be
retired. Source: opml.org/spec2.opml
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from syndicate.config import Config
from syndicate.feeds.feed import site_feed
from syndicate.feeds.topic import Topic
from syndicate.posts.late import late

FILE = "feeds.opml"
SHOWN = "rss.xml"
KEPT = 65_536
"""Outlines remembered as written: with a new tag, all the others are as they were."""

_JOINT = re.compile(r"\s*&(?=\S)")
_WIDE = str.maketrans(
    "<>", "\N{FULLWIDTH LESS-THAN SIGN}\N{FULLWIDTH GREATER-THAN SIGN}"
)
_FOLDER = late(r"/((?:category|tag|author|language)/[^/.\0][^/\0]*/)rss\.xml$")


def write_opml(topics: Sequence[Topic], config: Config) -> bytes:
    """
    List the feed of the site and those of its topics.

    There is no date in it: the same feeds give the same bytes.
    """
    site = site_feed([], config)
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _shown(site.title)
    outline = {"type": "rss", "htmlUrl": site.link, "language": site.language}
    about = outline | _named(site.title)
    body = etree.SubElement(root, "body")
    etree.SubElement(body, "outline", about, xmlUrl=site.url + SHOWN)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    before, end, after = written.rpartition(b"</body>")
    told = (site.title, site.link, site.language, site.root)
    return b"".join([before, *(_outline(each, *told) for each in topics), end, after])


@lru_cache(maxsize=KEPT)
def _outline(topic: Topic, title: str, link: str, language: str, root: str) -> bytes:
    """Write the outline of a topic, of a site so called."""
    about = {
        "type": "rss",
        "htmlUrl": link,
        "language": topic.name if topic.by == "language" else language,
        **_named(topic.title(title, language)),
        "category": f"/{topic.by}",
        "xmlUrl": f"{root}{topic.address}{SHOWN}",
    }
    written: bytes = etree.tostring(etree.Element("outline", about), encoding="UTF-8")
    return written


def _named(title: str) -> dict[str, str]:
    shown = _shown(title)
    return {"text": shown, "title": shown}


def _shown(title: str) -> str:
    """
    Write a name so that it is the same to those who read text and those who read HTML.

    Most readers take a name as text; the specification lets it be HTML, and validators
    judge it so. An ``&`` between blanks begins no entity; a ``<`` is wrong in HTML
    wherever it stands, so angle brackets are the wide ones of Chinese type.
    """
    wide = title.translate(_WIDE) if "<" in title else title
    return _JOINT.sub(" & ", wide).strip()


def folders_in(opml: bytes) -> list[str]:
    """Give the folders of topics that a file written here lists: none if it is broken."""
    try:
        outlines = etree.fromstring(opml).iter("outline")
    except etree.XMLSyntaxError:
        return []
    found = (_FOLDER.search(unquote(each.get("xmlUrl", ""))) for each in outlines)
    return [each[1] for each in found if each]
