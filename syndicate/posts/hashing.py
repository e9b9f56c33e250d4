"""
What names the bytes of a file, and those of its body.

Each byte is hashed once: the name of a file is made of the name of its body.
"""

from hashlib import sha256

from syndicate.posts.matter import Matter

BOM = 0xEF
"""The first byte of UTF-8's mark, and of nothing a post begins with."""

EDGE = bytes(
    chr(byte).isprintable() and byte not in b" " for byte in range(0x80)
) + bytes(0x80)
"""Bytes that are signs by themselves, and no blanks."""


def hashes_of(raw: bytes, matter: Matter) -> tuple[bytes, bytes]:
    """
    Name a file and its body.

    Args:
        raw: The whole file.
        matter: What was read of it.

    Returns:
        A SHA-256 that two files share only if they are the same to the byte, and the one
        of the body as UTF-8 without the blanks around it; that is empty where the body
        is, since posts without one are not each other's copies.
    """
    body, start = _as_written(raw, matter)
    if body:
        name = sha256(body).digest()
        around = raw[:start] + name + raw[start + len(body) :]
        return sha256(around).digest(), name
    body = matter.parts.body.strip().encode()
    return sha256(raw).digest(), sha256(body).digest() if body else b""


def _as_written(raw: bytes, matter: Matter) -> tuple[bytes, int]:
    """
    Find the body in the file, and where it begins. Encoding it would take longer.

    It is empty where it does not stand there so, or may have blanks beyond ASCII.
    """
    notes = matter.notes
    is_recoded = notes.problems and any(each.code == "FM003" for each in notes.problems)
    if raw[0] == BOM or b"\r" in raw or is_recoded:
        return b"", 0
    head = notes.text[: len(notes.text) - len(matter.parts.body)]
    start = len(head.encode())
    body = raw[start:].strip()
    if not (body and EDGE[body[0]] and EDGE[body[-1]]):
        return b"", 0
    return body, raw.index(body[0], start)
