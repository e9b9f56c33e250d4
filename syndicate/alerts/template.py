"""
Templates of messages: text with named fields, and nothing else.

    {title} - {url}        {{ and }} stand for { and }

No expressions, no formats, no attributes: a template comes from a configuration file
and is filled with words from outside.
"""

import re
from collections.abc import Mapping
from string import Formatter

from syndicate.alerts.directions import ended
from syndicate.errors import UsageError
from syndicate.posts.late import late
from syndicate.words import Said

FIELDS = {
    "title": "the headline, or an operator's own words",
    "excerpt": "the few sentences that stand for the post",
    "url": "its address",
    "site": "the name of the site",
    "severity": "breaking, urgent or normal",
    "author": "its authors",
    "category": "its categories",
    "hashtags": "its tags as hashtags, as many as are welcome there",
    "language": "its language, such as ko",
    "prefix": "what it is, such as [속보]; nothing where the title begins so",
}
"""Every field and what it stands for."""

ADDRESS_BEGINS = late(r"https?://")
ADDRESS_ENDS = late(r"https?://\S+$")
MAY_FOLLOW = late(r"""\s|[.,:;!?)\]>"']*(?:\s|$)""")


def fields_of(template: str) -> set[str]:
    """
    Give the fields a template uses.

    Raises:
        UsageError: It uses a field nobody knows, or more than plain fields.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise UsageError(
            "template {template}: {reason}",
            template=repr(template),
            reason=Said(str(error)),
        ) from None
    for _, name, form, conversion in parts:
        if form or conversion:
            raise UsageError(
                "template {template}: write {name} and no more",
                template=repr(template),
                name=f"{{{name}}}",
            )
        if name is not None and name not in FIELDS:
            known = ", ".join(FIELDS)
            raise UsageError(
                "template {template}: no field {name}; known are {names}",
                template=repr(template),
                name=f"{{{name}}}",
                names=known,
            )
    return {name for _, name, _, _ in parts if name is not None}


def fill(template: str, words: Mapping[str, str]) -> str:
    """
    Fill a checked template.

    A line on which every field is empty goes, and more than one empty line in a row
    becomes one. An address is kept apart from letters around it, which networks would
    take for a part of it.
    """
    lines = [_line(line, words) for line in template.split("\n")]
    text = "\n".join(line.strip() for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _line(line: str, words: Mapping[str, str]) -> str | None:
    text, found = "", []
    for literal, name, _, _ in Formatter().parse(line):
        text = _beside(text, literal)
        if name is not None:
            found.append(words[name])
            text = _beside(text, ended(words[name]))
    return None if found and not any(found) else text


def _beside(before: str, after: str) -> str:
    """Put two pieces side by side, with a space where one is an address."""
    if not before or not after:
        return before + after
    runs_in = ADDRESS_BEGINS.match(after) and not before[-1].isspace()
    runs_on = ADDRESS_ENDS.search(before) and not MAY_FOLLOW.match(after)
    return f"{before} {after}" if runs_in or runs_on else before + after
