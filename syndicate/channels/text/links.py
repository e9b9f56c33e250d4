"""
Addresses in a text.

Ours are ASCII (``alerts/address.py``), so one ends where other letters begin: a Korean
particle that follows it is none of it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://(?=[A-Za-z0-9\[])[!#-;=?-~]+", re.IGNORECASE)
CLOSING = ".,;:!?'"
PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text: an address, or what stands between two."""

    text: str
    start: int  # code points before it
    is_link: bool


def pieces(text: str) -> Iterator[Piece]:
    """Take a text apart. All its pieces together are the text; none is empty."""
    place = 0
    for found in ADDRESS.finditer(text):
        address = _trimmed(found[0])
        if place < found.start():
            between = text[place : found.start()]
            yield Piece(text=between, start=place, is_link=False)
        yield Piece(text=address, start=found.start(), is_link=True)
        place = found.start() + len(address)
    if place < len(text):
        yield Piece(text=text[place:], start=place, is_link=False)


def between_links(text: str, change: Callable[[str], str]) -> str:
    """Change all of a text but its addresses."""
    return "".join(
        each.text if each.is_link else change(each.text) for each in pieces(text)
    )


def _trimmed(address: str) -> str:
    """Take off what ends a sentence, or closes a bracket that was opened before."""
    while address[-1] in CLOSING or _closes_nothing(address):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    last = address[-1]
    return last in PAIRS and address.count(last) > address.count(PAIRS[last])
