"""What names stand for, and how values are written down, as Jekyll does both."""

from datetime import datetime
from urllib.parse import urlsplit

from liquid import Undefined
from liquid.stringify import to_liquid_string

from syndicate.posts.liquid import Scope
from syndicate.posts.liquid.typed import typed


class Missing(Undefined):
    """A name that nobody knows, whole: ``page.moon``."""


def names_of(scope: Scope) -> dict[str, object]:
    """
    Give everything a body may ask for by name.

    ``site.url`` has no path: that is ``site.baseurl``. Now is when the post was
    published, so that the same post gives the same bytes tomorrow.
    """
    parts = urlsplit(scope.site_url)
    page = {key: typed(value) for key, value in scope.page.items()}
    site = {key: typed(value) for key, value in scope.site.items()}
    site = (
        {"data": scope.data}
        | site
        | {
            "url": f"{parts.scheme}://{parts.netloc}",
            "baseurl": parts.path,
            "time": scope.date,
        }
    )
    return {
        **page,
        "page": page,
        "site": site,
        "now": scope.date,
        "today": scope.date,
        "jekyll": {"environment": "production"},
    }


def shown(value: object) -> str:
    """Write a value down."""
    if isinstance(value, list | tuple):
        return "".join(map(shown, value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %z")
    return str(to_liquid_string(value, autoescape=False))
