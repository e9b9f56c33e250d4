"""
Hashtags made of a post's tags, as every network takes them for one.

Letters, digits and underscores in any script, no digits alone, no spaces: words grow
together, and in scripts that have capitals each begins with one, so that it can still be
read, aloud too. A tag that would lose what it means (``C++``) makes none.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import regex

LONGEST = 64  # graphemes; Bluesky takes no more, X and Mastodon do

_BETWEEN = regex.compile(r"[\s_\-‐-―·・/.,:&’']+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LETTER = regex.compile(r"\p{L}")


def hashtags(tags: Iterable[str], *, most: int) -> list[str]:
    """
    Give hashtags, in the order of the tags.

    Args:
        tags: As the author wrote them, with or without ``#``.
        most: How many, at most.
    """
    found: dict[str, str] = {}
    for tag in _made(tags):
        found.setdefault(tag.casefold(), tag)
    return list(found.values())[:most]


def _made(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        plain = unicodedata.normalize("NFC", tag).strip().lstrip("#＃").strip()
        words = [word for word in _BETWEEN.split(plain) if word]
        if not words or not all(_WORD.fullmatch(word) for word in words):
            continue
        joined = words[0] if len(words) == 1 else "".join(map(_begun, words))
        if _LETTER.search(joined) and len(regex.findall(r"\X", joined)) <= LONGEST:
            yield f"#{joined}"


def _begun(word: str) -> str:
    return word[:1].upper() + word[1:]
