"""Filters that work on dates, in English, as Jekyll's do in any locale."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from liquid.filter import with_context

from syndicate.posts.dates import parse_date
from syndicate.posts.liquid import Scope
from syndicate.posts.liquid.values import shown
from syndicate.posts.placeholders import DAYS, MONTHS

DIRECTIVE = re.compile(r"%([-_0^:]?)([A-Za-z%])")
"""Of Ruby's ``strftime``: no widths, with which ``%999999999d`` would fill the memory."""

DIRECTIVES: Mapping[str, Callable[[datetime], str]] = {
    "%": lambda _: "%",
    "A": lambda day: DAYS[day.weekday()],
    "B": lambda day: MONTHS[day.month - 1],
    "D": lambda day: f"{day:%m/%d/%y}",
    "F": lambda day: f"{day:%Y-%m-%d}",
    "I": lambda day: f"{(day.hour - 1) % 12 + 1:02}",
    "L": lambda _: "000",  # dates are to the second
    "N": lambda _: "000000000",
    "P": lambda day: "pm" if day.hour >= 12 else "am",  # noqa: PLR2004 - noon
    "R": lambda day: f"{day:%H:%M}",
    "T": lambda day: f"{day:%H:%M:%S}",
    "X": lambda day: f"{day:%H:%M:%S}",
    "Z": lambda day: day.tzname() or "",
    "a": lambda day: DAYS[day.weekday()][:3],
    "b": lambda day: MONTHS[day.month - 1][:3],
    "e": lambda day: f"{day.day:2}",
    "h": lambda day: MONTHS[day.month - 1][:3],
    "k": lambda day: f"{day.hour:2}",
    "l": lambda day: f"{(day.hour - 1) % 12 + 1:2}",
    "n": lambda _: "\n",
    "p": lambda day: "PM" if day.hour >= 12 else "AM",  # noqa: PLR2004 - noon
    "s": lambda day: f"{day.timestamp():.0f}",
    "t": lambda _: "\t",
    "x": lambda day: f"{day:%m/%d/%y}",
    "z": lambda day: f"{day:%z}",
}
SECONDS = re.compile(r"-?(?:\d{1,3}|\d{9,15})")
"""Since 1970. Eight digits are a day."""

NUMBERS = frozenset("CGHMSUVWYdgjmuwy")
"""Those that mean the same to Python."""

SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@with_context
def date(value: object, form: object = "", *, context: Any) -> object:
    """Write a date in a form of ``strftime``; what is no date stays as it is."""
    day = _day(value, context)
    if day is None or not isinstance(form, str) or not form:
        return value
    return DIRECTIVE.sub(lambda found: _directive(found, day), form)


@with_context
def date_to_string(
    value: object, kind: str = "", style: str = "", *, context: Any
) -> object:
    """Write ``07 Nov 2008``; ``ordinal`` gives ``7th Nov 2008``, US ``Nov 7th, 2008``."""
    return _words(value, "%b", style=(kind, style), context=context)


@with_context
def date_to_long_string(
    value: object, kind: str = "", style: str = "", *, context: Any
) -> object:
    """Write ``07 November 2008``."""
    return _words(value, "%B", style=(kind, style), context=context)


@with_context
def date_to_xmlschema(value: object, *, context: Any) -> object:
    """Write ``2008-11-07T13:07:54-08:00``."""
    day = _day(value, context)
    return day.isoformat() if day else value


@with_context
def date_to_rfc822(value: object, *, context: Any) -> object:
    """Write ``Fri, 07 Nov 2008 13:07:54 -0800``."""
    day = _day(value, context)
    return format_datetime(day) if day else value


def _words(
    value: object, month: str, *, style: tuple[str, str], context: Any
) -> object:
    day = _day(value, context)
    if day is None:
        return value
    name = DIRECTIVES[month[1]](day)
    if style[0] != "ordinal":
        return f"{day.day:02} {name} {day.year}"
    ordinal = f"{day.day}{SUFFIXES.get(day.day, 'th')}"
    if style[1] == "US":
        return f"{name} {ordinal}, {day.year}"
    return f"{ordinal} {name} {day.year}"


def _day(value: Any, context: Any) -> datetime | None:
    """Read a date: of the front matter, or written; now is the post's own."""
    site: Scope = context.site
    if isinstance(value, datetime):
        return value
    if value in ("now", "today"):
        return site.date
    text = shown(value)
    try:
        if SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text), site.zone)
        return parse_date(text, site.zone).astimezone(site.zone)
    except (ValueError, OverflowError, OSError):
        return None


def _directive(found: re.Match[str], day: datetime) -> str:
    flag, letter = found[1], found[2]
    if letter in DIRECTIVES:
        text = DIRECTIVES[letter](day)
    elif letter in NUMBERS:
        text = day.strftime(f"%{letter}")
    else:
        return found[0]
    match flag:
        case ":":
            return f"{text[:3]}:{text[3:]}" if letter == "z" else found[0]
        case "-":
            return text.lstrip("0 ") or "0"
        case "^":
            return text.upper()
        case "_":
            bare = text.lstrip("0") or "0"
            return bare.rjust(len(text))
        case _:
            return text
