"""
MSN (Microsoft Start).

Source: support.microsoft.com, "MSN feed item metadata requirements", "MSN HTML
guidelines and tag restrictions", "MSN feed submission and authentication"
"""

from datetime import timedelta
from typing import Any

from lxml import etree

from syndicate.feeds.extension import ATOM
from syndicate.feeds.feed import Feed
from syndicate.feeds.partners import rules
from syndicate.feeds.partners.profile import Profile

DCTERMS = "http://purl.org/dc/terms/"
MEGABYTE = 1_000_000
REFUSED = frozenset(["applet", "embed", "iframe", "object", "param", "script", "style"])


def shape(root: Any, _feed: Feed) -> None:
    """Say the time of an update as MSN reads it: without, an update is passed over."""
    for updated in root.iterfind(f"channel/item/{ATOM}updated"):
        modified = etree.Element(f"{{{DCTERMS}}}modified")
        modified.text = updated.text
        updated.getparent().replace(updated, modified)


PROFILE = Profile(
    name="MSN",
    most=29,  # fewer than 30: older ones fall off after about 20
    shape=shape,
    namespaces={"dcterms": DCTERMS},
    rules=[
        rules.secure(),
        rules.identity(),
        rules.size(most=10 * MEGABYTE),
        rules.title(least=21, most=150),
        rules.link(),
        rules.fresh(within=timedelta(days=365)),
        rules.picture(least=720),
        rules.body(without=REFUSED),
        rules.one_language(),
    ],
)
