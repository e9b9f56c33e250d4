"""
Where a text may end when it is too long.

At the end of a sentence if one is near, else of a word, else of a character as readers
see it; never inside an address, a hashtag, a name with ``@``, or a number and its unit.
"""

from collections.abc import Callable

import regex

ELLIPSIS = "…"

_CHARACTER = regex.compile(r"\X")
_SENTENCE = regex.compile(r"""[.!?。！？…]+["'”’」』)\]]*(?=\s|$)""")
_SPACE = regex.compile(r"\s+")
_ADDRESS = regex.compile(r"https?://\S+")
_WHOLE = regex.compile(
    r"""https?://\S+
    | [\#＃@＠][\w.@-]+
    | [+\-±~$₩€£¥]?\d[\d.,:/~–-]*
      (?:\s?[%‰°℃]|\p{L}*(?:\s(?:[a-zA-Z]+|원|달러|유로|엔|위안|명|개|건|곳|만|억|조))?)""",
    regex.VERBOSE,
)
# How much of the room may stay empty for the sake of a better ending.
_NEAR_SENTENCE, _NEAR_WORD = 0.6, 0.5
_LOOSE = " \t\n,;:·-–—/.…([{「『“‘\"'"


def shorten(
    text: str, fits: Callable[[str], bool], *, whole_sentences: bool = False
) -> str:
    """
    Cut a text until it fits.

    Args:
        text: Plain, NFC.
        fits: Says whether a candidate is short enough. A shorter one fits as well,
            with few exceptions; none is returned without being asked about.
        whole_sentences: Prefer to end with a sentence, and then without an ellipsis.

    Returns:
        The text itself, or as much of it as fits, closed by ``…``, or nothing.
    """
    if fits(text):
        return text
    ends = _ends(text, _WHOLE)
    most = _last_that_fits(text, ends, fits)
    if not most:  # one long hashtag, say
        ends = _ends(text, _ADDRESS)
        most = _last_that_fits(text, ends, fits)
    if whole_sentences:
        for end in reversed([found.end() for found in _SENTENCE.finditer(text)]):
            if _NEAR_SENTENCE * most <= end <= most and fits(text[:end]):
                return text[:end]
    for end in reversed([found.start() for found in _SPACE.finditer(text)]):
        if _NEAR_WORD * most <= end <= most and end in ends and fits(_cut(text, end)):
            return _cut(text, end)
    return _cut(text, most) if most else ""


def _ends(text: str, whole: "regex.Pattern[str]") -> list[int]:
    """List every place the text may end, from the left; the very end is none."""
    inside = {
        place
        for found in whole.finditer(text)
        for place in range(found.start() + 1, found.end())
    }
    characters = [found.start() for found in _CHARACTER.finditer(text)]
    return [place for place in characters if place and place not in inside]


def _last_that_fits(text: str, ends: list[int], fits: Callable[[str], bool]) -> int:
    """Find the last end whose cut fits; 0 where none does."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if fits(_cut(text, ends[middle])):
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else 0


def _cut(text: str, end: int) -> str:
    head = text[:end].rstrip(_LOOSE)
    return head + ELLIPSIS if head else ""
