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
    return next((rule for rule in rules if _matches(post, rule.match)), None)


def marked_by(post: Post, rules: Iterable[Rule]) -> Rule | None:
    """Give the first rule whose explicit mark is in the front matter."""
    return next((rule for rule in rules if _has_mark(post.fields, rule.match)), None)


def _matches(post: Post, match: Match) -> bool:
    return (
        bool(match.title and re.search(match.title, post.title))
        or not _folded(match.category).isdisjoint(_folded(tuple(post.categories)))
        or _has_mark(post.fields, match)
    )


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
