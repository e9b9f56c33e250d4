"""
From bytes to text.

A post is UTF-8. Korean editors of old also write CP949 (a superset of EUC-KR), and
Windows writes UTF-16; both are read where there is no doubt, with a warning.
"""

import codecs

from syndicate.posts.guesses import KOREAN, likely
from syndicate.posts.odd_encodings import named, seven_bits
from syndicate.posts.problems import Fault, Notes
from syndicate.words import Said

MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""


def decode(raw: bytes, notes: Notes, *, language: str) -> str:
    r"""
    Decode a file.

    Args:
        raw: The whole file.
        notes: Told when it is not UTF-8.
        language: The site's; ``ko`` allows CP949.

    Returns:
        The text without a byte order mark, its lines ending in ``\n``.

    Raises:
        Fault: It is empty, or its encoding is in doubt.
    """
    if not raw or raw.isspace():
        raise Fault("FM001")
    text = _decode(raw, notes, language)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(raw: bytes, notes: Notes, language: str) -> str:
    if encoding := _wide(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            damaged = Said(", perhaps damaged {encoding}", {"encoding": encoding})
            raise Fault("FM002", likely=damaged) from None
        notes.add("FM003", encoding=encoding)
        return text.lstrip("\ufeff")
    if raw.isascii() and (encoding := seven_bits(raw)):
        raise Fault("FM002", likely=_perhaps(encoding))
    try:
        return raw.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        guess = likely(raw, language)
        text = _korean(raw) if guess == KOREAN and language[:2] == "ko" else ""
        if text:
            notes.add("FM003", encoding=KOREAN)
            return text
        notes.text = raw.decode(errors="replace")
        line, col = _place(raw, error.start)
        encoding = named(raw, error.start, guess=guess)
        perhaps = _perhaps(encoding) if encoding else ""
        if error.reason == "unexpected end of data":
            perhaps = Said(", cut off within a character")
        raise Fault("FM002", line=line, col=col, likely=perhaps) from None


def _perhaps(encoding: str) -> Said:
    return Said(", perhaps {encoding}", {"encoding": encoding})


def _korean(raw: bytes) -> str:
    """Decode strictly; nothing where it is not all Korean of old."""
    try:
        return raw.decode(KOREAN)
    except UnicodeDecodeError:
        return ""


def _wide(raw: bytes) -> str:
    """Name the encoding where the first two bytes tell it, else nothing."""
    if raw[0] in b"\0\xfe\xff":
        for mark, encoding in MARKS.items():
            if raw.startswith(mark):
                return encoding
    # Every post begins with ASCII: a dash, a brace, a blank line.
    if raw[0] == 0:
        return "UTF-32-BE" if raw[1:3] == b"\0\0" else "UTF-16-BE"
    if raw[1:4] == b"\0\0\0":
        return "UTF-32-LE"
    return "UTF-16-LE" if raw[1:2] == b"\0" else ""


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte; what stands before it is UTF-8."""
    before = raw[:offset].decode()
    return before.count("\n") + 1, len(before) - before.rfind("\n")
