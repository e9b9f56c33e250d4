"""When a post was published, and when its author says that it was changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from syndicate.posts.dates import (
    FormError,
    ZoneError,
    file_date,
    is_naive,
    parse_date,
)
from syndicate.posts.matter import Matter
from syndicate.words import SaidError

APPEARS = ("publishDate", "publishdate", "pubdate", "PublishDate")
EXPIRES = ("expiryDate", "expirydate", "unpublishdate", "ExpiryDate")
TIMED = frozenset({*APPEARS, *EXPIRES})
"""Keys few posts have, in the spellings Hugo reads alike.

Source: gohugo.io/configuration/front-matter/#dates
"""

MOVING = ("Last Modified", "Created", "git Last Modified", "git Created")
"""Dates Eleventy takes from the file. Source: 11ty.dev/docs/dates"""

UPDATED = ("updated", "lastmod", "last_modified_at", "modified")


def published_at(matter: Matter, name: str, zone: ZoneInfo) -> datetime | None:
    """
    Give the date: the field, else the one in the file's name, else nothing.

    A date that cannot be read is an error, since guessing would announce old news.
    Eleventy's ``Last Modified`` and the like say no date that lasts.
    """
    written = matter.fields.get("date")
    if written and written not in MOVING:
        return _date(matter, "date", zone)
    try:
        return file_date(name, zone)
    except SaidError as error:
        matter.notes.add("DT006", reason=error.said)
        return None


def appears_at(
    matter: Matter, dated: datetime | None, zone: ZoneInfo
) -> datetime | None:
    """Give Hugo's ``publishDate``, from which on a post is out; else its date."""
    key = next((key for key in APPEARS if key in matter.fields), "")
    return (_date(matter, key, zone) if matter.text(key) else None) or dated


def expires_at(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """Give Hugo's ``expiryDate``. One that cannot be read is an error, too."""
    key = next((key for key in EXPIRES if key in matter.fields), "")
    return _date(matter, key, zone) if matter.text(key) else None


def updated_at(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """Give the time of the last change that the author announces, if any."""
    if matter.fields.keys().isdisjoint(UPDATED):
        return None
    for key in UPDATED:
        if text := matter.text(key):
            try:
                return parse_date(text, zone)
            except ValueError:
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
        if is_naive(text):
            _warn_of_zone(matter, key, found.astimezone(zone))
        return found
    return None


def _warn_of_zone(matter: Matter, key: str, local: datetime) -> None:
    """Tell of a time that Jekyll reads otherwise: unquoted, with seconds, no zone."""
    if local.utcoffset() and matter.source(key)[:1] not in {'"', "'"}:
        offset = local.strftime("%z")
        matter.note("DT004", key, zone=str(local.tzinfo), offset=offset)
