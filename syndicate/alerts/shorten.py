"""
A text cut until it fits.

At the end of a sentence if one is near, else of a word, else of a character as readers
see it. Where it may end is known by ``endings``.
"""

from collections.abc import Callable

from syndicate.alerts.endings import WEAK, ends_well, may_end, sentences
from syndicate.alerts.pairs import closed, open_pairs

ELLIPSIS = "…"

# How much of the room may stay empty for the sake of a better ending.
_NEAR_SENTENCE, _NEAR_WORD = 0.6, 0.5
_LOOSE = " \t\n,;:·-–—/.…([{「『（【《“‘\"'、，；：،؛。"
_JUST_OPENED = 16  # code points; a bracket no further from the end goes with its words


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
        near = [end for end in sentences(text) if _NEAR_SENTENCE * most <= end <= most]
        for end in reversed(near):
            kept = closed(text[:end], text[end:])
            if fits(kept):
                return kept
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
    head, rest = text[:end].rstrip(_LOOSE), text[end:]
    least = max(len(head) - _JUST_OPENED, _NEAR_WORD * len(head))
    just_opened = [place for place, _ in open_pairs(head, rest) if place >= least]
    if just_opened:
        head = head[: just_opened[0]].rstrip(_LOOSE) or head
    head = WEAK.sub("", head).rstrip(_LOOSE)
    return closed(head + ELLIPSIS, rest) if head else ""
