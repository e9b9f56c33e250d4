"""What names stand for, and how values are written down, as Jekyll does both."""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from liquid import Undefined
from liquid.stringify import to_liquid_string

from syndicate.posts.liquid import Scope

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.(?:[0-9]{0,5}[1-9]|0))?")
"""A number that is written down just as it was read: ``010`` and ``1.10`` are text."""


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
    site |= {
        "url": f"{parts.scheme}://{parts.netloc}",
        "baseurl": parts.path,
        "time": scope.date,
    }
    return {
        **page,
        "page": page,
        "site": site,
        "now": scope.date,
        "today": scope.date,
        "jekyll": {"environment": "production"},
    }


def typed(value: object) -> object:
    """
    Give front matter the types that conditions ask for.

    Text that is written as a number, true or false becomes one, nothing becomes nil.
    """
    if isinstance(value, Mapping):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [typed(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if value in {"true", "false"}:
        return value == "true"
    if NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value or None


def shown(value: object) -> str:
    """Write a value down."""
    if isinstance(value, list | tuple):
        return "".join(map(shown, value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %z")
    return str(to_liquid_string(value, autoescape=False))
