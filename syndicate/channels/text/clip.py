"""A text cut to a length: for cards, whose words may be shorter than the message's."""

import regex

ELLIPSIS = "…"
NEAR = 12  # letters that may be given up to end at a space


def clip(text: str, most: int) -> str:
    """
    Cut a text, at a space where one is near, never inside a grapheme (UAX 29).

    Args:
        text: Plain text.
        most: Most UTF-16 units in the result, the ellipsis included: no receiver
            counts more than these.
    """
    if _units(text) <= most:
        return text
    kept, left = "", most - 1
    for letter in regex.findall(r"\X", text):
        left -= _units(letter)
        if left < 0:
            break
        kept += letter
    head, _, tail = kept.rpartition(" ")
    if head and len(tail) < NEAR and not text[len(kept) :].startswith(" "):
        kept = head
    return kept.rstrip() + ELLIPSIS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
