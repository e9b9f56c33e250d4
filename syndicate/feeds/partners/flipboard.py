"""
Flipboard.

Source: about.flipboard.com/rss-spec, and Flipboard's help on submitting a feed
"""

from syndicate.feeds.partners import rules
from syndicate.feeds.partners.profile import Profile

PROFILE = Profile(
    name="Flipboard",
    most=30,
    rules=[
        rules.identity(),
        rules.items(least=20),
        rules.title(most=500),  # none is documented: only that there is one
        rules.link(own_host=True),
        rules.fresh(),
        rules.description(least=300),
        rules.picture(least=400, smaller_side=True),
        rules.body(without=frozenset(["script"])),
    ],
)
