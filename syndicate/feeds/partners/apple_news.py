"""
Apple News, for channels that are fed by RSS.

Source: support.apple.com/guide/news-publisher, "RSS guidelines for Apple News"
"""

from typing import Any

from syndicate.feeds.feed import Feed
from syndicate.feeds.partners import rules
from syndicate.feeds.partners.lint import CONTENT
from syndicate.feeds.partners.profile import Profile


def shape(root: Any, _feed: Feed) -> None:
    """Put the whole text into the description, where Apple reads it."""
    for item in root.iterfind("channel/item"):
        body = item.find(CONTENT)
        if body is not None:
            item.find("description").text = body.text
            item.remove(body)


PROFILE = Profile(
    name="Apple News",
    most=50,
    shape=shape,
    rules=[
        rules.identity(),
        rules.locale(),
        rules.title(most=60),
        rules.link(),
        rules.fresh(),
        rules.picture(),
        rules.body(without=frozenset(["iframe", "script", "table"])),
    ],
)
