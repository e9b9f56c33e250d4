"""
Writes the feeds of partners: the site's RSS, shaped as each profile says.

What a partner needs beyond RSS stands in its feed alone, so that the site's own stays
valid without a warning.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from lxml import etree

from syndicate.config import Config
from syndicate.feeds.build import write_feed
from syndicate.feeds.extension import ATOM
from syndicate.feeds.feed import Feed, Pages
from syndicate.feeds.partners import find_profile
from syndicate.feeds.partners.profile import Profile
from syndicate.feeds.partners.retire import FOLDER


def partner_files(site: Feed, config: Config) -> Iterator[tuple[str, bytes]]:
    """
    Write the feed of every configured partner.

    Args:
        site: The site's feed, with its entries.
        config: Names the partners.

    Returns:
        Name, relative to the folder of feeds, and content.
    """
    for partner in config.feeds.partners:
        name = file_of(partner.name)
        yield name, write_partner(site, find_profile(partner.profile), name)


def file_of(name: str) -> str:
    """Give the file of a partner's feed, relative to the folder of feeds."""
    return f"{FOLDER}/{name}.xml"


def write_partner(site: Feed, profile: Profile, name: str) -> bytes:
    """Write one partner's feed. The same feed gives the same bytes."""
    # feedgen is for those who write.
    from syndicate.feeds import rss  # noqa: PLC0415
    from syndicate.feeds.generator import plainly  # noqa: PLC0415

    entries = site.entries[: profile.most]
    feed = replace(site, entries=entries, pages=Pages())
    root = etree.fromstring(write_feed(rss.FORMAT, feed))
    for link in root.iterfind(f"channel/{ATOM}link[@rel='self']"):
        link.set("href", site.root + quote(name))
    profile.shape(root, feed)
    prefixes: Any = dict(root.nsmap) | dict(profile.namespaces)
    etree.cleanup_namespaces(root, top_nsmap=prefixes)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return plainly(written)
