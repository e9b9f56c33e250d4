"""
Brackets, quotation marks and turns of direction that a cut leaves open.

Source: UAX 9 for what turns the direction of a text, and what turns it back.
"""

from collections import Counter

import regex

_TURNS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
          "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_BRACKETS = dict(
    zip('([{「『（【〔〈《［“‘„«"', ')]}」』）】〕〉》］”’“»"', strict=True)
)
_MARK = regex.compile(
    r"[\u202a-\u202e\u2066-\u2069()\[\]{}「」『』（）【】〔〕〈〉《》［］“”‘’„«»\"]"
)
# What may as well close, or be an apostrophe, or inches, opens at the start of a word.
_OPENS_NOTHING = regex.compile(r'[\p{L}\p{N}]["‘«]')


def open_pairs(text: str, rest: str) -> list[tuple[int, str]]:
    """
    List what a text opens and the rest of it closes, or would have to.

    Args:
        text: What is kept.
        rest: What is cut off. A mark it does not close was none of a pair.

    Returns:
        The place of each in ``text``, and what closes it, in the order of the text.
    """
    turned: list[tuple[int, str]] = []
    opened: list[tuple[int, str]] = []
    awaited: Counter[str] = Counter()
    for found in _MARK.finditer(text):
        letter, place = found[0], found.start()
        if turned and letter == turned[-1][1]:
            turned.pop()
        elif awaited[letter]:
            while (closing := opened.pop()[1]) != letter:
                awaited[closing] -= 1
            awaited[letter] -= 1
        elif letter in _TURNS:
            turned.append((place, _TURNS[letter]))
        elif letter in _BRACKETS and not _OPENS_NOTHING.match(text, max(0, place - 1)):
            opened.append((place, _BRACKETS[letter]))
            awaited[_BRACKETS[letter]] += 1
    return sorted(turned + [each for each in opened if each[1] in rest])


def closed(text: str, rest: str) -> str:
    """Close what a text leaves open, so that it turns nothing that follows it."""
    return text + "".join(closing for _, closing in reversed(open_pairs(text, rest)))
