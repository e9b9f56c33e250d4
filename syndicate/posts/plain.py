"""
Plain text: what may stand in a title, a tag or an excerpt.

XML 1.0 (section 2.2) refuses most control characters, and one of them breaks a whole
feed; the W3C validator also warns of C1 controls and of U+FFFD.
"""

import re
import unicodedata
from html import unescape

from syndicate.posts.late import late

BEYOND = "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17)
)
"""Characters beyond the first plane. The last two of each are none."""

REFUSED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffc" + BEYOND + "]"
)
"""What no feed may hold: controls, surrogates, U+FEFF, U+FFFD, what is no character."""

TAG = late(r"</?[A-Za-z][^<>]*>")
OPENER = re.compile(r"<[A-Za-z][^<>]*>")


def clean(text: str) -> str:
    """Give NFC text without characters that a feed may not hold. Breaks are kept."""
    if REFUSED.search(text):
        text = REFUSED.sub("", text)
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """Take the tags out of what was written as HTML and is to be plain text."""
    return unescape(TAG.sub("", text)) if OPENER.search(text) else text


def one_line(text: str) -> str:
    """Clean, and make every run of white space one blank."""
    return " ".join(clean(text).split())
