"""
What the front matter says of a post besides its title and times: people, words, flags.

Every value comes as text, a list or a mapping, as the author typed it; here each
becomes what it is meant to be. What cannot be is noted with its place.
"""

from collections.abc import Mapping
from functools import lru_cache
from sys import intern

from syndicate.config.values import LANGUAGE
from syndicate.posts.late import late
from syndicate.posts.matter import Matter, is_false, is_true, one_line
from syndicate.posts.plain import clean
from syndicate.posts.times import NOTHING
from syndicate.posts.yaml_text import Tree

HIDING = frozenset({"eleventyExcludeFromCollections", "headless", "build", "_build"})
"""Source: 11ty.dev/docs/collections, gohugo.io/content-management/build-options"""

KEEPING = HIDING | {"published", "draft", "permalink"}
"""What may keep a post back."""

MOST = 32
"""Most categories, tags or writers of one post: each has three feeds of its own."""

ADDRESSED = late(r"\s*[<(]([^\s<>()@]+@[^\s<>()@]+)[>)]")
"""A name with an address of mail, as in Git: readers of a feed are shown the name."""

WRITERS = frozenset({"author", "authors"})
LANGUAGES = ("lang", "language", "locale")
RENAMED = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv"}
"""Languages whose tags are others by now (IANA's registry of language subtags)."""


def is_left_out(fields: Mapping[str, Tree], *, is_jekyll: bool = False) -> bool:
    """
    Whether the author keeps a post back: a draft, or one that gets no page.

    To Jekyll a ``published:`` that says nothing says no. Source: its ``Publisher``
    """
    if KEEPING.isdisjoint(fields):  # most posts have none of them
        return False
    return (
        is_false(fields.get("published"))
        or (is_jekyll and _says_nothing(fields, "published"))
        or is_true(fields.get("draft"))
        or is_false(fields.get("permalink"))
        or _is_hidden(fields)
    )


def _says_nothing(fields: Mapping[str, Tree], key: str) -> bool:
    return key in fields and fields[key] in NOTHING


def _is_hidden(fields: Mapping[str, Tree]) -> bool:
    """Whether Eleventy or Hugo would list a post nowhere."""
    build = fields.get("build", fields.get("_build", ""))
    inner = build if isinstance(build, Mapping) else {}
    return (
        is_true(fields.get("eleventyExcludeFromCollections"))
        or is_true(fields.get("headless"))
        or inner.get("list") in {"never", "false"}
        or inner.get("render") in {"never", "false"}
    )


def words(fields: Mapping[str, Tree], singular: str, plural: str) -> list[str]:
    """
    Give tags as Jekyll does: the singular key is one, the plural many.

    A plural in one line is split at commas if it has any, else at blanks.

    Returns:
        Each once, in order, NFC.
    """
    names: dict[str, None] = {}
    _name_all(fields.get(singular) or _split(fields.get(plural, "")), names)
    return list(names)


def categories(fields: Mapping[str, Tree], path: str) -> list[str]:
    """
    Give the categories: folders that hold a ``_posts``, then what front matter says.

    Other than with tags, a ``category`` is one more beside the ``categories``.

    Source: jekyllrb.com/docs/posts/#categories, Jekyll's
    ``Document#populate_categories``. Folders inside ``_posts`` say nothing.
    """
    names: dict[str, None] = {}
    above, below, _ = path.rpartition("_posts/")
    if below and above:
        _name_all(list(clean(above).split("/")), names)
    _name_all(_split(fields.get("categories", "")), names)
    _name_all(fields.get("category", ""), names)
    return list(names)


def authors(fields: Mapping[str, Tree]) -> list[str]:
    """Give the names in ``author`` and ``authors``: text, lists, or ``name: …``."""
    names: dict[str, None] = {}
    if not WRITERS.isdisjoint(fields):
        many = fields.get("authors", "")
        _name_all(fields.get("author", ""), names)
        _name_all(list(many.split(",")) if isinstance(many, str) else many, names)
    if any("@" in name for name in names):
        return list(dict.fromkeys(map(_alone, names)))
    return list(names)


def _alone(name: str) -> str:
    rest = ADDRESSED.sub("", name)
    return rest.strip('"') or ADDRESSED.sub(r"\1", name) if rest != name else name


def few(names: list[str], matter: Matter, *keys: str) -> list[str]:
    """Give the first of many names; those beyond are told of at the key that is there."""
    if len(names) <= MOST:
        return names
    key = next((key for key in keys if key in matter.fields), keys[0])
    matter.note("FM028", key, limit=str(MOST), first=names[MOST])
    return names[:MOST]


@lru_cache(maxsize=4096)
def shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the same tuple for the same few names: most posts say what others say."""
    return names


def language(matter: Matter) -> str:
    """Give the language tag (BCP 47); nothing where the site's holds."""
    if matter.fields.keys().isdisjoint(LANGUAGES):
        return ""
    text = matter.text(*LANGUAGES)
    first, dash, rest = text.partition(".")[0].replace("_", "-").partition("-")
    tag = f"{RENAMED.get(first.lower(), first)}{dash}{rest}"
    if text and not LANGUAGE.fullmatch(tag):
        key = next(key for key in LANGUAGES if matter.text(key))
        matter.note("FM025", key, value=text)
        return ""
    return tag


def _split(value: Tree) -> Tree:
    if not isinstance(value, str):
        return value
    return list(value.split(",") if "," in value else value.split())


def _name_all(value: Tree, names: dict[str, None]) -> None:
    """Collect names, each once and kept once: a site's posts share them."""
    if isinstance(value, str):
        if name := one_line(value):
            names[intern(name)] = None
    elif isinstance(value, list):
        for inner in value:
            _name_all(inner, names)
    else:
        _name_all(value.get("name", ""), names)
