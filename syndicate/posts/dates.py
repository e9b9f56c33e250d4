"""
Dates as people write them into posts.

Reads what Jekyll reads (Ruby's ``Time.parse``), with one difference: a time without a
zone is in the site's zone, where Jekyll takes it for UTC if it is unquoted and has
seconds. Source: jekyllrb.com/docs/front-matter/#predefined-variables-for-posts
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndicate.posts.late import late
from syndicate.posts.loose_dates import in_century, rewritten
from syndicate.words import SaidError

EARLIEST = 1000
"""A smaller year is a slip: 0024 for 2024."""

CLOCK = (
    r"(?:(?:[ \t]*T[ \t]*|[ \t]+|[ \t]*,[ \t]*)(?:at[ \t]+)?"
    r"(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,:]\d+)?)?"
    r"(?:[ \t]*(?P<half>[AaPp])\.?[Mm](?![a-z]+/)\.?)?)?"
    r"(?:[ \t]*(?P<zone>Z|[a-z]{3,5}|[a-z]+(?:/[a-z_]+)+"
    r"|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)(?:[ \t]+\(?[a-z]{3,5}\)?)?)?"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1
    )
}
FORMS = tuple(
    late(form + CLOCK, re.IGNORECASE)
    for form in (
        (
            r"(?P<year>\d{4})(?P<mark>-|/|\.[ ]?)(?P<month>\d{1,2})(?P=mark)"
            r"(?P<day>\d{1,2})\.?"
        ),
        r"(?P<year>\d{4})년[ ]?(?P<month>\d{1,2})월[ ]?(?P<day>\d{1,2})일",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        (
            r"(?:[a-z]{3,9},?[ \t]+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ \t-]+"
            r"(?P<month>[a-z]{3,9})\.?,?[ \t-]+(?P<year>\d{4})"
        ),
        (
            r"(?:[a-z]{3,9},?[ \t]+)?(?P<month>[a-z]{3,9})\.?[ \t]+"
            r"(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[ \t]+(?P<year>\d{4})"
        ),
    )
)
"""2024-05-18; 2024년 5월 18일; 20240518; Sat, 18 May 2024; May 18, 2024; a time or none."""

HOURS = {
    "Z": 0.0, "UTC": 0.0, "GMT": 0.0, "WET": 0.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0,
    "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "IST": 5.5, "SGT": 8.0, "HKT": 8.0, "KST": 9.0,
    "JST": 9.0, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "EST": -5.0,
    "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0,
    "PDT": -7.0,
}  # fmt: skip
"""Zones by name, as Ruby knows them: hours east of Greenwich."""

USUAL = re.compile(
    r"[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d [+-](?:0\d|1[0-3])[0-5]\d", re.ASCII
)
"""What Jekyll itself writes. Nine posts of ten say their date so."""

FARTHEST = timedelta(hours=14)
"""No zone is farther from Greenwich."""

FILE_NAME = re.compile(r"(\d{2}|\d{4})-(\d{1,2})-(\d{1,2})-(.*)")


class ZoneError(ValueError):
    """A date is in a zone that nobody knows."""


class FormError(ValueError):
    """A text has no form of a date."""


def parse_date(text: str, zone: ZoneInfo) -> datetime:
    """
    Read a date, with or without a time.

    Args:
        text: ``2024-05-18``, ``2024-5-18 09:00``, ``2024-05-18T09:00:00+0900``,
            ``… KST``, ``18 May 2024``, ``May 18, 2024 9:00 pm``, and the like.
        zone: Of what says no zone. A day alone is its first moment there.

    Returns:
        The time in UTC, to the second.

    Raises:
        FormError: It is none of these.
        ZoneError: Its zone is not known; the zone is the error's text.
        SaidError: There is no such day or time; it says why.
    """
    text = text.strip()
    if USUAL.fullmatch(text):
        try:
            return datetime.fromisoformat(text[:19] + text[20:]).astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # there is no such day or time: it is said below
    for form in FORMS:
        if match := form.fullmatch(text):
            return _moment(match, zone)
    plain = rewritten(text)
    if plain == text:
        raise FormError(text)
    return parse_date(plain, zone)


def own_zone(text: str) -> tzinfo | None:
    """Give the zone that a date which can be read says itself, if it says one."""
    matches = (form.fullmatch(text.strip()) for form in FORMS)
    match = next(filter(None, matches), None)
    return _zone(match["zone"]) if match else None


def is_naive(text: str) -> bool:
    """Whether a date that can be read is YAML's, with a time and seconds, and no zone."""
    text = text.strip()
    # An offset or a day: no need to look closer. YAML's own are 2024-05-18 alone.
    if text[-5:-4] in {"+", "-"} or text[4:5] != "-":
        return False
    match = FORMS[0].fullmatch(text)
    return bool(match and match["second"] and not match["zone"])


def file_date(name: str, zone: ZoneInfo) -> datetime | None:
    """
    Read the date in a file's name: ``2024-05-18-quake.md``, also ``24-5-18-quake.md``.

    Returns:
        The first moment of that day, in UTC; ``None`` where the name has no date.

    Raises:
        SaidError: There is no such day; it says why.
    """
    match = FILE_NAME.match(name)
    if not match:
        return None
    year = int(match[1])
    if len(match[1]) == 2:  # noqa: PLR2004 - a year of two digits
        year = in_century(year)
    day = _day(year, int(match[2]), int(match[3]))
    return _utc(datetime.combine(day, time(), zone))


def is_dated(path: str) -> bool:
    """Whether a file is named as Jekyll's posts are: with its date before its name."""
    return FILE_NAME.match(path.rpartition("/")[2]) is not None


def slug_of(name: str) -> str:
    """Give what stands between the date and the ending of a file's name."""
    stem = name.rpartition(".")[0] or name
    match = FILE_NAME.fullmatch(stem)
    return (match[4] if match else stem).rstrip(".")


def _moment(match: re.Match[str], zone: ZoneInfo) -> datetime:
    month = match["month"]
    number = int(month) if month.isdecimal() else MONTHS.get(month[:3].lower())
    if number is None:
        raise FormError(match[0])
    day = _day(int(match["year"]), number, int(match["day"]))
    clock = _clock(match)
    return _utc(datetime.combine(day, clock, _zone(match["zone"]) or zone))


def _day(year: int, month: int, day: int) -> date:
    if year < EARLIEST:
        raise SaidError("there is no year {year}", year=f"{year:04}")
    if not 1 <= month <= 12:  # noqa: PLR2004 - of a year
        raise SaidError("there is no month {month}", month=month)
    try:
        return date(year, month, day)
    except ValueError:
        written = f"{year:04}-{month:02}"
        raise SaidError("{month} has no day {day}", month=written, day=day) from None


def _clock(match: re.Match[str]) -> time:
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    second, half = int(match["second"] or 0), (match["half"] or "").lower()
    if half and 1 <= hour <= 12:  # noqa: PLR2004 - of a day
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour >= 24:  # noqa: PLR2004 - of a day
        raise SaidError("there is no hour {hour}", hour=hour)
    if minute >= 60:  # noqa: PLR2004 - of an hour
        raise SaidError("there is no minute {minute}", minute=minute)
    if second >= 60:  # noqa: PLR2004 - of a minute
        raise SaidError("there is no second {second}", second=second)
    return time(hour, minute, second)


@lru_cache(maxsize=64)  # a site's posts say the same few
def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    name = text.upper()
    if name in HOURS:
        return timezone(timedelta(hours=HOURS[name]))
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", name)
    if not match:
        return _place(text)
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if ahead > FARTHEST:
        raise ZoneError(text)
    return timezone(-ahead if match[1] == "-" else ahead)


def _place(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneError(name) from None


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise SaidError("it lies beyond the end of the calendar") from None
