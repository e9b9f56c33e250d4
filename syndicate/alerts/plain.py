"""
Words from outside, made plain: nothing a network refuses or a terminal obeys.

    paragraphs   what an operator typed, with its lines
    one_line     titles, excerpts, names
"""

import unicodedata

import regex

from syndicate.alerts.endings import RUNS_ON

RAW = 200_000  # code points that are looked at

_EMPTY_LINES = regex.compile(r"\n{3,}")


def normal(text: str) -> str:
    """Give text in the one form everything is counted and sent in: NFC."""
    return unicodedata.normalize("NFC", text)


def paragraphs(text: str, *, most: int = RAW) -> str:
    """
    Give plain text: NFC, no control characters, at most one empty line in a row.

    Args:
        text: Anything.
        most: Code points that are kept; what stands on the edge goes whole.
    """
    text = "\n".join(" ".join(line.split()) for line in text[:RAW].splitlines())
    kept = "".join(each for each in text if each == "\n" or not _is_unprintable(each))
    plain = normal(_EMPTY_LINES.sub("\n\n", kept).strip())
    # A link runs on into letters that follow it, on most networks: so a Korean particle
    # stands apart. Other letters may belong to an address that was typed raw.
    apart: str = RUNS_ON.sub(r"\1 ", plain)
    return _beginning(apart, most)


def one_line(text: str, *, most: int = RAW) -> str:
    """Give plain text on one line; see ``paragraphs``."""
    return " ".join(paragraphs(" ".join(text[:RAW].split()), most=most).split())


def _beginning(text: str, most: int) -> str:
    """Cut what nobody will reach, so that nobody takes the cut for the end."""
    if len(text) <= most:
        return text
    head, space, last = text[:most].rpartition(" ")
    kept = head if space else last.partition("://")[0]
    return f"{kept}…"


def _is_unprintable(letter: str) -> bool:
    # The last three are refused by X; the first two by terminals and by UTF-8.
    return (
        unicodedata.category(letter) in {"Cc", "Cs"} or letter in "\ufeff\ufffe\uffff"
    )
