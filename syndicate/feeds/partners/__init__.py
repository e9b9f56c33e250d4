"""
Feeds for partners: RSS as one company wants it, and what it would refuse.

    [[feeds.partners]]  ->  partner/<name>.xml, written as its profile says
                        ->  a warning of ``syndicate check`` for what it would refuse

    profile   what a profile is
    write     the feed, made from the site's RSS
    lint      the rules of a profile, over a feed as it was written
    rules     one rule each
    msn, flipboard, smartnews, naver, apple_news
              one partner each; a further file with a ``PROFILE`` is a further partner

Which rules are documented, and where, stands in docs/how-to/partner-feeds.md.
"""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import UsageError

if TYPE_CHECKING:  # most builds have no partner
    from syndicate.feeds.partners.profile import Profile


@cache
def known_profiles() -> tuple[str, ...]:
    """Name every profile of this package, as configuration does."""
    found = (
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])
    )
    return tuple(
        name.replace("_", "-")
        for name in sorted(found)
        if hasattr(import_module(f"{__name__}.{name}"), "PROFILE")
    )


def find_profile(name: str) -> "Profile":
    """
    Give the profile of a partner.

    Raises:
        UsageError: Nobody knows it.
    """
    if name not in known_profiles():
        raise UsageError("no profile is called {name}", name=name)
    profile: Profile = import_module(f"{__name__}.{name.replace('-', '_')}").PROFILE
    return profile
