"""
Encodings that hardly anybody writes, told by their signs: named, and never read.

Some are all ASCII, and would pass for text; others begin with bytes of their own.
"""

from syndicate.posts.guesses import SAMPLE, fitting, is_common
from syndicate.posts.late import late

SHIFT = late(rb"\x1b\$(?:\)C|[@B])")
"""Begins Korean or Japanese in ISO 2022, the encoding of old letters."""

HZ = late(rb"~\{(?:[!-w][!-~])+~\}")
"""Chinese between signs of ASCII. Source: RFC 1843"""

UTF_7 = late(rb"\+[A-Za-z0-9+/]{2,}-?")
SEVERAL = 3
"""Words that begin with a plus sign before they are taken for UTF-7 (RFC 2152)."""

HEAD = 1 << 9
"""Bytes that are looked at for it. A title is among them."""

SIGNS = (
    (late(rb"\xfb\xee\x28"), "BOCU-1"),
    (late(rb"\x0e\xfe\xff"), "SCSU"),
    (late(rb"\x84\x31\x95\x33"), "GB18030"),
    (late(rb"\xdd\x73\x66\x73"), "UTF-EBCDIC"),
    (late(rb"\xf7\x64\x4c"), "UTF-1"),
    (late(rb"```[\r\x15\x25\x85]"), "EBCDIC"),  # three dashes, and a line's end
)
"""How a file begins. Source: unicode.org/faq/utf_bom.html"""

PAIR = late(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A sign beyond the first 65,536 as databases and Java wrote it. Source: unicode.org/tr26"""

CLEAR = "\u0800"
"""The first sign that UTF-8 writes in three bytes, which nothing else writes so."""

FEW = 0.02
"""Share of bytes that are NUL in the UTF-16 of any language: its blanks and breaks."""


def seven_bits(raw: bytes) -> str:
    """Name an encoding that is all ASCII; nothing where bytes of ASCII are just that."""
    # One byte is found twenty times as fast as two, and nearly no post has the first.
    if b"\x1b" in raw and SHIFT.search(raw):
        return "ISO-2022"
    head = raw[:HEAD]
    if b"~" in head and any(_beyond(found[0], "hz") for found in HZ.finditer(head)):
        return "HZ"
    if head.count(b"+") < SEVERAL:
        return ""
    words = [_beyond(found[0], "utf-7") for found in UTF_7.finditer(head)]
    is_text = len(words) >= SEVERAL and all(words) and is_common("".join(words))
    return "UTF-7" if is_text else ""


def named(raw: bytes, at: int, *, guess: str) -> str:
    """
    Name the encoding of a file that is not UTF-8; nothing where that cannot be told.

    Args:
        raw: The whole file.
        at: The first byte that is not UTF-8.
        guess: What ``likely`` says.
    """
    for sign, encoding in SIGNS:
        if sign.match(raw):
            return encoding
    if b"\0" in raw:
        return _wide(raw)
    if PAIR.match(raw, at):
        return "CESU-8"
    if raw.startswith(b"\xc0\x80", at):
        return "modified UTF-8"
    if sum(char >= CLEAR for char in raw[:at].decode()) >= SEVERAL:
        return fitting(raw[at : at + SAMPLE])  # from here on; before it is UTF-8
    return guess


def _wide(raw: bytes) -> str:
    """Tell UTF-16, whose every other byte may be NUL, from what is no text."""
    least = max(len(raw) * FEW, 1)
    first, second = raw[0::2].count(0), raw[1::2].count(0)
    if len(raw) % 2 or min(first, second) or max(first, second) < least:
        return ""
    return "UTF-16-BE" if first else "UTF-16-LE"


def _beyond(word: bytes, encoding: str) -> str:
    """Decode a word that stands for letters beyond ASCII; nothing where it does not."""
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() and not text.isascii() else ""
