"""
Slugs as Jekyll makes them.

Source: Jekyll's ``Utils.slugify``, modes "default" and "pretty".
"""

import re
import unicodedata
from functools import lru_cache

import regex

OTHERS = regex.compile(r"[^\p{M}\p{L}\p{Nd}]+")
TIDY = re.compile(
    r"[A-Za-z0-9._~!$&'()+,;=@가-힣]+(?:-[A-Za-z0-9._~!$&'()+,;=@가-힣]+)*"
)
"""A pretty slug that is one already, as most names of files are."""
UGLY = regex.compile(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+")


def slugify(text: str) -> str:
    """Keep letters of any script and digits, in lower case, joined by hyphens."""
    return _hyphenated(OTHERS, text).lower()


def pretty_slug(text: str) -> str:
    """Keep letters of any script, digits and ``._~!$&'()+,;=@``, in the case they have."""
    return text if TIDY.fullmatch(text) else _hyphenated(UGLY, text)


@lru_cache(maxsize=4096)  # of a category: the same few in every address
def _hyphenated(unwanted: regex.Pattern[str], text: str) -> str:
    slug = str(unwanted.sub("-", unicodedata.normalize("NFC", text)))
    return slug.removeprefix("-").removesuffix("-")
