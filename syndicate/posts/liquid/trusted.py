"""What of a tag's words python-liquid can be trusted with."""

import re

CALL = re.compile(r"(\|\s*[\w-]+)\s*\(([^()]*)\)")
"""A filter as Nunjucks writes it: ``| embed("a film")``."""

CONDITIONS = frozenset({"if", "unless", "elsif", "case", "when"})

LONGEST = 4096
"""Most characters of one expression."""

MOST_BRACKETS = 16
"""Most opening brackets of one: for each, python-liquid looks ahead to the end."""


def trusted(text: str, *, tag: str = "") -> str:
    """Give an expression as python-liquid reads it; nothing where it is too much."""
    if tag in CONDITIONS and ".." in text:
        return ""  # whether a range contains a text is asked of its every number
    brackets = text.count("(") + text.count("[")
    if len(text) > LONGEST or brackets > MOST_BRACKETS:
        return ""
    return CALL.sub(r"\1: \2", text) if "(" in text else text
