"""
Slugs as Jekyll makes them.

Source: Jekyll's ``Utils.slugify``, modes "default" and "pretty".
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from syndicate.posts.late import late_regex

if TYPE_CHECKING:
    import regex

OTHERS = late_regex(r"[^\p{M}\p{L}\p{Nd}]+")
PLAIN = re.compile(r"[A-Za-z0-9가-힣]+(?:[ -][A-Za-z0-9가-힣]+)*")
"""Words that need only be joined, as most categories and tags."""

TIDY = re.compile(
    r"[A-Za-z0-9._~!$&'()+,;=@가-힣]+(?:-[A-Za-z0-9._~!$&'()+,;=@가-힣]+)*"
)
"""A pretty slug that is one already, as most names of files are."""
UGLY = late_regex(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+")


@lru_cache(maxsize=4096)  # of a category: the same few in every address
def slugify(text: str) -> str:
    """Keep letters of any script and digits, in lower case, joined by hyphens."""
    if PLAIN.fullmatch(text):
        return text.replace(" ", "-").lower()
    return _hyphenated(OTHERS, text).lower()


def pretty_slug(text: str) -> str:
    """Keep letters of any script, digits and ``._~!$&'()+,;=@``, in the case they have."""
    return text if TIDY.fullmatch(text) else _hyphenated(UGLY, text)


def _hyphenated(unwanted: "regex.Pattern[str]", text: str) -> str:
    slug = str(unwanted.sub("-", unicodedata.normalize("NFC", text)))
    return slug.removeprefix("-").removesuffix("-")
