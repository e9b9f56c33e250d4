"""
Dates that are written less plainly than others, written plainly.

As Ruby reads them, and Jekyll through it: 18/05/2024 and 18-5-2024 begin with the day, 2024-139 counts
days, 24-5-18 is of this century, and a month alone is its first day. And as Koreans
and Japanese write them.
"""

import re
from datetime import date, timedelta

from syndicate.posts.late import late

LONGEST = 100
"""Most characters of a date."""


def rewritten(text: str) -> str:
    """Write a date plainly; a text that has no such form is given back as it is."""
    if len(text) > LONGEST:
        return text
    for pattern, plainly in REWRITES:
        text = pattern.sub(plainly, text)
    return text


def _clock_in_words(found: re.Match[str]) -> str:
    """Write ``3시 30분`` and ``3h30m`` as ``3:30``."""
    parts = [part.zfill(2) for part in (found[2] or "0", found[3]) if part]
    return ":".join([found[1], *parts])


def in_century(year: int) -> int:
    """Give a year of two digits its century, as Ruby does."""
    return year + (2000 if year < 69 else 1900)  # noqa: PLR2004 - Ruby's turn of the century


def _ordinal(found: re.Match[str]) -> str:
    """Write ``2024-139`` as ``2024-05-18``."""
    try:
        day = date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
    except (ValueError, OverflowError):
        return found[0]
    return day.isoformat()


REWRITES = tuple(
    (late(pattern, re.IGNORECASE), plainly)
    for pattern, plainly in (
        (r"^[\"'](.*)[\"']$|^(.*),$", r"\1\2"),
        (r"[–—]", "-"),
        (r"[ ]*[(（][월화수목금토일](?:요일)?[)）]|[ ]+of\b|\[[a-z/_]+\]$", ""),
        (r"(\d)[ ]*年[ ]*(\d+)[ ]*月[ ]*(\d+)[ ]*日", r"\1년 \2월 \3일"),
        (r"(\d)[ ]*시(?:[ ]*(\d+)[ ]*분)?(?:[ ]*(\d+)[ ]*초)?", _clock_in_words),
        (r"오(?:(전)|후)[ ]*([\d:]+)", lambda m: f"{m[2]} {'am' if m[1] else 'pm'}"),
        (r"\b(\d{1,2})(?=[ ]*[ap]\.?m(?![a-z]+/))", r"\1:00"),  # 9am; not of 9:30am
        (r":(\d)(?=:|$|[ ])", r":0\1"),
        (r"(\d:\d\d):(?=:)", r"\1"),
        (r"^(\d{4}-\d{1,2}-\d{1,2}[ T])(\d{1,2})\.(\d\d)(?=$|[ ])", r"\1\2:\3"),
        (r"(\d:\d\d)[.,]\d+", r"\1"),
        # Sat May 18 09:00:00 KST 2024, as ``date`` and git write it.
        (
            (
                r"^[a-z]{3}[ ]+([a-z]{3}[ ]+\d{1,2})[ ]+([\d:]+)([ ]+[a-z]+|[ ]+[+-]\d+)?"
                r"[ ]+(\d{4})([ ]+[+-]\d+)?$"
            ),
            r"\1 \4 \2\3\5",
        ),
        (r"^((\d{4})-.*:\d\d)[ ]\2(?=[ ])", r"\1"),  # the year said twice
        (r"^(\d{4}([/.-])\d{1,2}\2\d{1,2}[T ])(\d{1,2})(?=$|Z$|[ ][+-])", r"\1\3:00"),
        (r"^(\d{8})(\d{4}(?:\d\d)?)$", r"\1T\2"),
        (r"^(\d{4}-\d{1,2}-\d{1,2})_(?=\d)", r"\1 "),
        (r"(?<=[ T])(\d{1,2})h(\d\d)m?(?:(?<=m)(\d\d)s?)?$", _clock_in_words),
        (r"^(\d{4})(?:-|,?[ ])([a-z]{3,9})\.?[ -](\d{1,2})\b", r"\3 \2 \1"),
        (r"^([a-z]{3,9})-(\d{1,2})-(\d{4})\b", r"\1 \2 \3"),
        (r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b", r"\4-\3-\1"),
        (
            r"^(\d{1,2}-[a-z]{3,9})-(\d\d)(?=$|[ T])",
            lambda m: f"{m[1]}-{in_century(int(m[2]))}",
        ),
        (r"^(\d\d)(?=-\d{1,2}-\d{1,2}(?!\d))", lambda m: str(in_century(int(m[1])))),
        (r"^(\d{4}-\d\d)$", r"\1-01"),
        # 2024-05-18 and 2024-05-19: what follows the day says no time, and is passed over.
        (r"^(\d{4}-\d{1,2}-\d{1,2})[ ]+[^\W\d].*", r"\1"),
        (r"^([a-z]{3,9})\.?,?[ ]+(\d{4})$", r"1 \1 \2"),
        (r"^(\d{4})-(\d{3})(?!\d)", _ordinal),
    )
)
"""What is written less plainly, and how it is written plainly, tried in order."""
