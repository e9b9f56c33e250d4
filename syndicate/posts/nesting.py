"""
A guard against HTML that is small and takes for ever.

To parse elements nested n deep takes n² steps (50,000 ``<div>`` take four seconds), so
do n character references in one text (a million ``&amp;`` take a minute), and every
paragraph in an open ``<b>`` or ``<a>`` is given its own (HTML standard, section
13.2.4.3), so that a few kilobytes can become a gigabyte.
"""

from syndicate.posts.late import late

HARMLESS = 400
"""Tags that cannot do harm, however they are nested."""

DEEPEST = 200
MOST_REFERENCES = 100_000
MOST = 1_000_000
"""Elements times open formatting elements."""

TAG = late(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
UNCLOSED = frozenset(
    "area base br col dd dt embed hr img input li link meta optgroup option p param rp rt"
    " source tbody td tfoot th thead tr track wbr".split()
)
"""Elements that need no closing tag, and so say nothing about depth."""

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def is_too_deep(html: str) -> bool:
    """Whether HTML should not be parsed."""
    if html.count("&") > MOST_REFERENCES:
        return True
    if html.count("<") <= HARMLESS:
        return False
    depth = deepest = formatting = most_formatting = tags = 0
    for closing, name in TAG.findall(html):
        tag = name.lower()
        if tag in UNCLOSED:
            tags += 1
            continue
        step = -1 if closing else 1
        tags += 1
        depth = max(depth + step, 0)
        deepest = max(deepest, depth)
        if tag in FORMATTING:
            formatting = max(formatting + step, 0)
            most_formatting = max(most_formatting, formatting)
    return deepest > DEEPEST or tags * most_formatting > MOST
