"""Pictures of 40 by 30 pixels, each made by a real encoder, and liars."""

import base64
import struct
import zlib


def _raw(text: str) -> bytes:
    return base64.b64decode(text)


def png(width: int = 40, height: int = 30, *, extra: bytes = b"") -> bytes:
    """Make a grey PNG; ``extra`` lies after its end."""

    def chunk(name: bytes, body: bytes) -> bytes:
        whole = name + body
        return (
            struct.pack(">L", len(body)) + whole + struct.pack(">L", zlib.crc32(whole))
        )

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    # Of a picture that claims a side of a million, no row is there.
    rows = (b"\0" * (width + 1)) * height if width * height < 1 << 20 else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
        + extra
    )


def jpeg(
    width: int = 40, height: int = 30, *, turned: bool = False, before: int = 0
) -> bytes:
    """Make the head of a JPEG; ``before`` bytes of notes stand before its size."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
    parts = [b"\xff\xd8"]
    if turned:
        parts.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    for start in range(0, before, 60_000):
        note = b"x" * min(60_000, before - start)
        parts.append(b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note)
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    parts.append(b"\xff\xc0" + struct.pack(">H", len(size) + 2) + size)
    return b"".join(parts) + b"\xff\xd9"


GIF = _raw(
    "R0lGODdhKAAeAIEAAMgKCgAAAAAAAAAAACwAAAAAKAAeAEAIOgABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLF"
    "ixgzatzIsaPHjyBDihxJsqTJkyhTqlzJsqXLlzAxBgQAOw=="
)
WEBP = _raw(
    "UklGRkwAAABXRUJQVlA4IEAAAABQAwCdASooAB4APm02l0ikIyIhJWgAgA2JZwB2AABYzxq0AAD+8iJf/+xZ"
    "y2BKD//7nA/7nA/7nA/isc2A0AAA"
)
LOSSLESS_WEBP = _raw("UklGRh4AAABXRUJQVlA4TBEAAAAvJ0AHAAdQhSJXof+BiOh/AAA=")
AVIF = _raw(
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGlj"
    "dAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAKQAAAChp"
    "aW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAA"
    "AAAAKAAAAB4AAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1h"
    "AAAAAAAAAAEAAQQBAoMEAAAAMW1kYXQSAAoJGBUn60QENBoQMhof94eFFd///+LPwIDcqL/tCsJjnuoa8z+X"
    "gA=="
)
SVG = (
    b'<?xml version="1.0"?><!-- <svg> --><svg xmlns="http://www.w3.org/2000/svg"'
    b' width="40" height="30"><rect width="7" height="7"/></svg>'
)
