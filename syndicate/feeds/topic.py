"""
A topic: one category, tag, author or language with a feed of its own.

    name    as the posts spell it     "Breaking News"
    slug    as its address has it     "breaking-news"
    key     what spellings share      "breaking news"

Slugs keep every script. Two names with one slug ("C" and "C++") get two: the one seen
first keeps it, so that no subscription changes its subject when the other turns up.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from syndicate.feeds.clean import clean
from syndicate.feeds.words import words_of
from syndicate.posts.slugs import slugify

LONGEST = 150
"""Bytes of a slug, in UTF-8: a name on a disk has room for 255."""

DIGITS = 10
"""Hexadecimal digits that tell names of one slug apart: 40 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic that has its slug."""

    by: str  # "category", "tag", "author" or "language"
    name: str
    slug: str

    @property
    def folder(self) -> str:
        """Where its files are, below the folder of feeds: ``tag/지진/``."""
        return f"{self.by}/{self.slug}/"

    @property
    def address(self) -> str:
        """The same, percent-encoded (RFC 3986 section 2.1)."""
        return quote(self.folder)

    def title(self, site: str, language: str) -> str:
        """Title its feed: ``솔바람 소식 · 태그: 지진``."""
        return f"{site} · {words_of(language).by[self.by]}: {self.name}"


@lru_cache(maxsize=65536)
def named(text: str) -> tuple[str, str]:
    """
    Give the key and the name of a topic, both empty where nothing is left.

    Names that differ in capitals, in blanks or in the form of their Unicode are one.
    """
    name = " ".join(unicodedata.normalize("NFC", clean(text)).split())
    return unicodedata.normalize("NFC", name.casefold()), name


@lru_cache(maxsize=65536)
def slug_of(key: str) -> str:
    """Make the slug of a key as if it were the only one."""
    slug = unicodedata.normalize("NFC", slugify(key))
    if not any(map(str.isalnum, slug)):
        return f"_{_digits(key)}"
    if len(slug.encode()) > LONGEST:
        return f"{slug.encode()[:LONGEST].decode('utf-8', 'ignore')}_{_digits(key)}"
    return slug


def give_slugs(since: Mapping[str, datetime]) -> dict[str, str]:
    """
    Settle a slug that several keys would have.

    Args:
        since: Each key, and when a post first bore it; may be empty.

    Returns:
        Key to slug. The key seen first has it bare. The others end in an underscore,
        which no bare slug has, and digits of their own hash, whoever else there is.
    """
    ranked = sorted(since, key=lambda key: (since[key], key))
    others = {key: f"{slug_of(key)}_{_digits(key)}" for key in ranked[1:]}
    return {key: slug_of(key) for key in ranked[:1]} | others


def _digits(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:DIGITS]
