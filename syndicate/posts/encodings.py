"""
From bytes to text.

A post is UTF-8. Korean editors of old also write CP949 (a superset of EUC-KR), and
Windows writes UTF-16; both are read where there is no doubt, with a warning.
"""

import codecs
import re
from itertools import islice

from syndicate.posts.problems import Fault, Notes
from syndicate.words import Said

MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""

SAMPLE = 1 << 14
"""Characters beyond ASCII that tell the language of a text."""

SHIFT = re.compile(rb"\x1b\$(?:\)C|[@B])")
"""Begins Korean or Japanese in ISO 2022, the encoding of old letters: it is all ASCII."""

KOREAN = "CP949"
WESTERN = "CP1252"
IN_KOREAN = Said(", {encoding}", {"encoding": KOREAN})
LIKELY = {"ja": "CP932", "zh": "GB18030"}
"""What a language was written in of old."""


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
        return text.removeprefix("\ufeff")
    if b"\x1b$" in raw and raw.isascii() and SHIFT.search(raw):
        perhaps = Said(", perhaps {encoding}", {"encoding": "ISO-2022"})
        raise Fault("FM002", likely=perhaps)
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        likely = _likely(raw, language, error)
        if likely == IN_KOREAN and language.startswith("ko"):
            notes.add("FM003", encoding=KOREAN)
            return raw.decode(KOREAN)
        notes.text = raw.decode(errors="replace")
        line, col = _place(raw, error.start)
        raise Fault("FM002", line=line, col=col, likely=likely) from None


def _wide(raw: bytes) -> str:
    """Name the encoding where the first two bytes tell it, else nothing."""
    if raw[0] in b"\0\xfe\xff":
        for mark, encoding in MARKS.items():
            if raw.startswith(mark):
                return encoding
    # Every post begins with ASCII: a dash, a brace, a blank line.
    if raw[0] == 0:
        return "UTF-16-BE"
    return "UTF-16-LE" if raw[1:2] == b"\0" else ""


def _likely(raw: bytes, language: str, error: UnicodeDecodeError) -> Said | str:
    """Say what it may be, as the rest of a sentence; nothing where nothing is likely."""
    if error.reason == "unexpected end of data":
        return Said(", cut off within a character")
    for encoding in (LIKELY.get(language[:2], KOREAN), KOREAN, WESTERN):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != KOREAN or _is_korean(text):
            perhaps = Said(", perhaps {encoding}", {"encoding": encoding})
            return IN_KOREAN if encoding == KOREAN else perhaps
    return ""


def _is_korean(text: str) -> bool:
    """Whether most of what is not ASCII is Hangul: other languages give stray Hanja."""
    foreign = list(islice((char for char in text if char > "\x7f"), SAMPLE))
    return 2 * sum("가" <= char <= "힣" for char in foreign) > len(foreign)


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte; what stands before it is UTF-8."""
    before = raw[:offset].decode()
    return before.count("\n") + 1, len(before) - before.rfind("\n")
