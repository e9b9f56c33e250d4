"""
The little of CSS that a feed may carry.

The W3C validator warns (DangerousStyleAttr) of everything that it cannot match against
its own lists; what passes here passes there.
"""

import re
from functools import lru_cache

from syndicate.posts.late import late

PROPERTIES = frozenset(
    "background-color color font-style font-weight text-align text-decoration"
    " vertical-align".split()
)
RENAMED = {"background": "background-color", "text-decoration-line": "text-decoration"}

NAMES = frozenset(
    "aqua black blue brown fuchsia gray green lime maroon navy olive purple red silver"
    " teal transparent white yellow".split()
)
"""Colours that the validator knows as a background. Others are left out there."""

HEX = re.compile(r"#[0-9a-f]{3,8}")
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*"
    r"(?:[,/]\s*(\d?\.?\d+)(%?)\s*)?\)"
)
WORD = late(r"(?!expression)[a-z]+(?:-[a-z]+)?|[1-9]00")


@lru_cache(maxsize=1024)
def safe_style(style: str) -> str | None:
    """Keep colours and the set of the type; ``None`` where nothing is left."""
    kept: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        name = RENAMED.get(name, name)
        value = value.replace("!important", "").strip().lower()
        if name in PROPERTIES and (safe := _value(name, value)):
            kept[name] = safe
    return ";".join(f"{name}:{value}" for name, value in kept.items()) or None


def safe_colour(colour: str) -> str | None:
    """Keep a colour that is one; ``None`` where it is not."""
    return _value("color", colour.strip().lower()) or None


def _value(name: str, value: str) -> str:
    if match := RGB.fullmatch(value):
        return _as_hex(match)
    if name == "background-color":
        return value if HEX.fullmatch(value) or value in NAMES else ""
    return value if HEX.fullmatch(value) or WORD.fullmatch(value) else ""


def _as_hex(match: re.Match[str]) -> str:
    """Write ``rgba(1, 2, 3, .5)`` as ``#01020380``: the validator takes no fraction."""
    parts = [min(int(part), 255) for part in match.group(1, 2, 3)]
    if match[4]:
        share = float(match[4]) / (100 if match[5] else 1)
        parts.append(round(min(share, 1) * 255))
    return "#" + "".join(f"{part:02x}" for part in parts)
