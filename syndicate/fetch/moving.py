"""
A GIF that moves, kept as it is but for what was written into it beside its pictures.

    header, colours, then blocks:  frames and how long each stands  kept
                                   how often it runs                kept
                                   comments and other words, XMP    left out

Nothing is decoded here. Source: GIF89a specification, w3.org/Graphics/GIF/
spec-gif89a.txt, sections 18 to 27; the Netscape extension says how often it runs.
"""

from collections.abc import Iterator

EXTENSION, FRAME, END = 0x21, 0x2C, 0x3B
TIMING, APPLICATION = 0xF9, 0xFF
RUNS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class BrokenGifError(ValueError):
    """It ends too early, or holds what no GIF does."""


def without_words(content: bytes) -> bytes:
    """
    Give a GIF without comments, without text and without what programs left in it.

    Raises:
        BrokenGifError: It cannot be followed to its end.
    """
    head = 13 + _colours(_at(content, 10))
    kept = [content[:head]]
    kept += [content[start:end] for start, end in _blocks(content, head)]
    return b"".join([*kept, bytes([END])])


def _blocks(content: bytes, place: int) -> Iterator[tuple[int, int]]:
    """Give where the blocks that are kept begin and end."""
    while (kind := _at(content, place)) != END:
        if kind == FRAME:
            table = _colours(_at(content, place + 9))
            end = _after_parts(content, place + 10 + table + 1)
            yield place, end
        elif kind == EXTENSION:
            end = _after_parts(content, place + 2)
            if _is_needed(content, place):
                yield place, end
        else:
            raise BrokenGifError(f"a block of kind {kind} at byte {place}")
        place = end


def _is_needed(content: bytes, place: int) -> bool:
    label = _at(content, place + 1)
    program = content[place + 3 : place + 14]
    return label == TIMING or (label == APPLICATION and program in RUNS)


def _colours(flags: int) -> int:
    """Give the bytes a table of colours takes; 0: there is none."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_parts(content: bytes, place: int) -> int:
    """Go over parts, each behind its length, to what follows the empty one."""
    while length := _at(content, place):
        place += length + 1
    return place + 1


def _at(content: bytes, place: int) -> int:
    if place >= len(content):
        raise BrokenGifError("it ends too early")
    return content[place]
