"""When a post was published, and when its author says that it was changed."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from syndicate.config import Config
from syndicate.posts.dates import (
    FormError,
    ZoneError,
    file_date,
    is_naive,
    parse_date,
)
from syndicate.posts.hugo import is_hugo
from syndicate.posts.matter import Matter, is_flag
from syndicate.words import SaidError

APPEARS = ("publishDate", "publishdate", "pubdate", "PublishDate")
EXPIRES = ("expiryDate", "expirydate", "unpublishdate", "ExpiryDate")
TIMED = frozenset({*APPEARS, *EXPIRES})
"""Keys few posts have, in the spellings Hugo reads alike.

Source: gohugo.io/configuration/front-matter/#dates
"""

DATED = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
"""What Hugo takes for a page's date, in this order and in any case. Source: the same"""

ELSEWHERE = (
    "pubdate",
    "pubdatetime",
    "publishdate",
    "publisheddate",
    "publishedat",
    "published_at",
    "published",
)
"""
What dates a post where there is no ``date``: Astro's names, and those of common themes, in
any case. Source: docs.astro.build/en/tutorial/6-islands/4 (pubDate), astro-paper.pages.dev
"""

MOVING = ("Last Modified", "Created", "git Last Modified", "git Created")
"""Dates Eleventy takes from the file. Source: 11ty.dev/docs/dates"""

NOTHING = ("", None, "~", "null", "Null", "NULL")
"""What a date without a value looks like. Source: yaml.org/type/null.html"""

UPDATED = (
    "updated",
    "lastmod",
    "last_modified_at",
    "modified",
    "updatedDate",
    "modDatetime",
)
"""Those of Hugo, of Jekyll's plugins and themes, and of Astro's."""

OF_HEXO = "public_dir"
"""A key of ``_config.yml``, as ``init`` takes it over, that Jekyll has not."""

SHORTEST_DAY = len("2024-5-1")
BEYOND = 2100
"""No post was changed so late: a feed would be as new as that for ever after."""


def published_at(matter: Matter, name: str, config: Config) -> datetime | None:
    """
    Give the date: the field, else the one in the file's name, else nothing.

    Hugo's other dates, and Astro's, go before the file's name. A date that cannot be read
    is an error, since guessing would announce old news. Eleventy's ``Last Modified`` and
    the like say no date that lasts.
    """
    zone = config.site.zone
    is_dated = matter.fields.get("date") not in NOTHING
    key = "date" if is_dated else _other_key(matter, config)
    if key and matter.fields[key] not in MOVING:
        return _told(matter, key, config)
    try:
        return file_date(name, zone)
    except SaidError as error:
        matter.notes.add("DT006", reason=error.said)
        return None


def _other_key(matter: Matter, config: Config) -> str:
    """Give the field that dates a post without ``date``, as it is written there."""
    written = {key.lower(): key for key in matter.fields}
    if is_hugo(config):
        keys = (written[key] for key in DATED if key in written)
        return next((key for key in keys if _is_time(matter.text(key))), "")
    if config.is_jekyll:
        return ""
    keys = (written[key] for key in ELSEWHERE if key in written)
    zone = config.site.zone
    return next((key for key in keys if _is_day(matter.text(key), zone)), "")


def _is_day(text: str, zone: ZoneInfo) -> bool:
    """Whether a field can be nothing but a date: a book is of a year, too."""
    with suppress(ValueError):
        return len(text) >= SHORTEST_DAY and bool(parse_date(text, zone))
    return False


def _is_time(text: str) -> bool:
    """Whether a field says when: ``published`` may be a flag."""
    return text not in NOTHING and not is_flag(text)


def appears_at(
    matter: Matter, dated: datetime | None, config: Config
) -> datetime | None:
    """Give Hugo's ``publishDate``, from which on a post is out; else its date."""
    if config.is_jekyll and not is_hugo(config):
        return dated
    key = next((key for key in APPEARS if key in matter.fields), "")
    is_told = dated is None and key == _other_key(matter, config)  # that it is no date
    if is_told or matter.text(key) in NOTHING:
        return dated
    return _told(matter, key, config) or dated


def expires_at(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """Give Hugo's ``expiryDate``. One that cannot be read is an error, too."""
    key = next((key for key in EXPIRES if key in matter.fields), "")
    return None if matter.text(key) in NOTHING else _date(matter, key, zone)


def updated_at(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """Give the time of the last change that the author announces, if any."""
    if matter.fields.keys().isdisjoint(UPDATED):
        return None
    for key in UPDATED:
        if (text := matter.text(key)) not in NOTHING:
            with suppress(ValueError):
                found = parse_date(text, zone)
                if found.year < BEYOND:
                    return found
            matter.note("DT005", key, value=text)
    return None


def _date(matter: Matter, key: str, zone: ZoneInfo) -> datetime | None:
    text = matter.text(key)
    try:
        found = parse_date(text, zone)
    except FormError:
        matter.note("DT001", key, value=text or matter.source(key))
    except ZoneError as error:
        matter.note("DT003", key, value=text, zone=str(error))
    except SaidError as error:
        matter.note("DT002", key, value=text, reason=error.said)
    else:
        return found
    return None


def _told(matter: Matter, key: str, config: Config) -> datetime | None:
    """Read a date; one that Jekyll reads otherwise, unquoted, is warned of."""
    found = _date(matter, key, config.site.zone)
    if found and is_naive(matter.text(key)) and not _has_zone(config):
        local = found.astimezone(config.site.zone)
        if local.utcoffset() and matter.source(key)[:1] not in {'"', "'"}:
            offset = local.strftime("%z")
            matter.note("DT004", key, zone=str(local.tzinfo), offset=offset)
    return found


def _has_zone(config: Config) -> bool:
    """Whether the site is made by Hugo or Hexo, which read dates in its zone as we do."""
    return is_hugo(config) or OF_HEXO in config.site.values
