"""
Naver, whose search advisor reads one RSS feed of a site.

Its limits are not published. A feed with whole bodies as descriptions was refused and
one with plain descriptions of 500 characters taken: CaesiumY/ko-design-md, pull request
39. So descriptions are cut to that, and whole bodies left to ``content:encoded``.
"""

from typing import Any

from syndicate.feeds.feed import Feed
from syndicate.feeds.partners import rules
from syndicate.feeds.partners.profile import Profile

LONGEST = 500  # code points of a description
ELLIPSIS = "…"


def shape(root: Any, _feed: Feed) -> None:
    """Shorten descriptions."""
    for node in root.iterfind("channel/item/description"):
        if node.text and len(node.text) > LONGEST:
            node.text = node.text[: LONGEST - 1].rstrip() + ELLIPSIS


PROFILE = Profile(
    name="Naver",
    most=50,
    shape=shape,
    rules=[
        rules.identity(),
        rules.title(most=500),
        rules.link(own_host=True),
        rules.fresh(),
        rules.description(most=LONGEST),
        rules.body(without=frozenset(["script"])),
    ],
)
