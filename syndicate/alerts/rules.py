"""
Which posts become alerts. Pure: rules and posts in, a decision out.

A rule looks at a post once, when it is first seen. Edits never alert, with one
exception: an explicit mark in the front matter (``breaking: true``) that was not there
before is an author's act.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from syndicate.config import Match, Rule
from syndicate.model import Post

TRUE = frozenset({"true", "yes", "on", "y", "1"})


def first_match(post: Post, rules: Iterable[Rule]) -> Rule | None:
    """Give the first rule that asks for an alert about a post."""
    for rule in rules:
        if _matches(post, rule.match):
            return rule
    return None


def marked_by(post: Post, rules: Iterable[Rule]) -> Rule | None:
    """Give the first rule whose explicit mark is in the front matter."""
    for rule in rules:
        if _has_mark(post.fields, rule.match):
            return rule
    return None


def _matches(post: Post, match: Match) -> bool:
    return (
        bool(match.title and _pattern(match.title).search(post.title))
        or not _folded(match.category).isdisjoint(_folded(tuple(post.categories)))
        or _has_mark(post.fields, match)
    )


@lru_cache(maxsize=64)  # ``re.search`` finds it again in three times the time
def _pattern(title: str) -> re.Pattern[str]:
    return re.compile(title)


def _has_mark(fields: Mapping[str, object], match: Match) -> bool:
    if fields.keys().isdisjoint(match.field):  # nearly always; asked at once
        return False
    return any(
        key in fields and _same(fields[key], wanted)
        for key, wanted in match.field.items()
    )


def _same(written: object, wanted: str | bool | int) -> bool:  # noqa: FBT001 - a value of TOML
    """Compare what an author wrote, which is always text, with a value of TOML."""
    if isinstance(written, list | tuple):
        return any(_same(each, wanted) for each in written)
    if isinstance(wanted, bool):
        return (_fold(str(written)) in TRUE) is wanted
    return _fold(str(written)) == _fold(str(wanted))


@lru_cache(maxsize=1024)  # the same few in every post
def _folded(categories: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_fold, categories))


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()
