"""
A text cut until it fits.

At the end of a sentence if one is near, else of a word, else of a character as readers
see it. Where it may end is known by ``endings``.
"""

from collections.abc import Callable

from syndicate.alerts.endings import ends_well, may_end, sentences

ELLIPSIS = "…"

# How much of the room may stay empty for the sake of a better ending.
_NEAR_SENTENCE, _NEAR_WORD = 0.6, 0.5
_LOOSE = " \t\n,;:·-–—/.…([{「『（【《“‘\"'、，；：،؛。"
# What turns the direction of a text, and what turns it back (UAX 9).
_TURNS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
          "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip


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
    ends = may_end(text)
    most = _last_that_fits(text, ends, fits)
    if not most:  # one long hashtag, say
        ends = may_end(text, strict=False)
        most = _last_that_fits(text, ends, fits)
    if whole_sentences:
        for end in reversed(sentences(text)):
            if _NEAR_SENTENCE * most <= end <= most and fits(_closed(text[:end])):
                return _closed(text[:end])
    allowed = set(ends)
    for end in reversed(ends_well(text)):
        if _NEAR_WORD * most <= end <= most and end in allowed:
            cut = _cut(text, end)
            if cut and fits(cut):
                return cut
    return _cut(text, most) if most else ""


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
    return _closed(head + ELLIPSIS) if head else ""


def _closed(text: str) -> str:
    """Turn back the direction of all that follows, where a cut left it turned."""
    open_: list[str] = []
    for letter in text:
        if letter in _TURNS:
            open_.append(_TURNS[letter])
        elif open_ and letter == open_[-1]:
            open_.pop()
    return text + "".join(reversed(open_))
