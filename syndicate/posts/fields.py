"""
What the front matter says of a post: title, dates, people, words, flags.

Every value comes as text, a list or a mapping, as the author typed it; here each
becomes what it is meant to be. What cannot be is noted with its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

from syndicate.config.values import LANGUAGE
from syndicate.posts.dates import (
    FormError,
    ZoneError,
    file_date,
    is_naive,
    parse_date,
    slug_of,
)
from syndicate.posts.fences import Parts
from syndicate.posts.headings import first_heading
from syndicate.posts.mend import quoted
from syndicate.posts.problems import Notes
from syndicate.posts.yaml_text import Tree

TRUE = frozenset({"true", "yes", "on"})
FALSE = frozenset({"false", "no", "off"})
"""Flags as YAML 1.1 writes them, in any case. Source: yaml.org/type/bool.html"""

UPDATED = ("updated", "lastmod", "last_modified_at")
COMMENT = re.compile(
    r"^title[ \t]*:[ \t]+(?![\"'>|])[^\n]*?(?<=[ \t])(#[^\n]*)", re.MULTILINE
)

FORMATTING = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|mark|small|sub|sup|code|font|br)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Markup that a title may wear and a feed may not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The fields of one file, and where they stand in it."""

    fields: Mapping[str, Tree]
    parts: Parts
    notes: Notes

    def text(self, *keys: str) -> str:
        """Give the first of these fields that has text, on one line; else nothing."""
        for key in keys:
            value = self.fields.get(key)
            if isinstance(value, str) and (line := one_line(value)):
                return line
        return ""

    def note(self, code: str, key: str, **words: str) -> None:
        """Note a problem with a field."""
        self.notes.add(code, self.parts.place(key), **words)

    def source(self, key: str) -> str:
        """Give a field's line as the author typed it, without the key."""
        line, col = self.parts.place(key)
        return self.notes.text.split("\n")[line - 1][col - 1 :].strip()


def one_line(text: str) -> str:
    """Make every run of white space one blank. What is here was cleaned when read."""
    return " ".join(text.split())


def is_true(value: object) -> bool:
    """Whether a field is a flag that is set."""
    return isinstance(value, str) and value.lower() in TRUE


def is_false(value: object) -> bool:
    """Whether a field is a flag that is not set."""
    return isinstance(value, str) and value.lower() in FALSE


def is_left_out(fields: Mapping[str, Tree]) -> bool:
    """Whether the author keeps a post back: a draft, or one that gets no page."""
    return (
        is_false(fields.get("published"))
        or is_true(fields.get("draft"))
        or is_false(fields.get("permalink"))
    )


def title(matter: Matter, name: str) -> str:
    """
    Give the title: the field, else the first heading, else the file's name in words.

    Args:
        matter: Told where YAML would have read something else than was typed.
        name: Of the file, without its folders.

    Returns:
        Plain text on one line, never empty but for a file without a name.
    """
    written = matter.fields.get("title", "")
    if isinstance(written, str):
        found = one_line(written)
        _warn_of_comment(matter, found)
    else:
        found = _flow(matter)
    if not found and (found := first_heading(matter.parts.body)):
        return found
    if not found:
        found = " ".join(word.capitalize() for word in slug_of(name).split("-"))
        matter.note("FM026", "title", value=found)
    return _bare(found)


def _bare(text: str) -> str:
    """Take markup out: a page shows ``A &amp; <em>B</em>`` as ``A & B``."""
    if "<" in text:
        text = FORMATTING.sub("", text)
    return one_line(unescape(text)) if "&" in text else one_line(text)


def _flow(matter: Matter) -> str:
    """Give a title such as ``[속보]``, which YAML takes for a list, as it was typed."""
    typed = matter.source("title")
    if typed[:1] not in {"[", "{"}:
        return ""
    matter.note("FM019", "title", mend=f"title: {quoted(typed)}")
    return one_line(typed)


def _warn_of_comment(matter: Matter, found: str) -> None:
    comment = COMMENT.search(matter.parts.front)
    if comment and matter.parts.language == "yaml" and comment[1] not in found:
        matter.note("FM020", "title", mend=f"title: {quoted(matter.source('title'))}")


def published(matter: Matter, name: str, zone: ZoneInfo) -> datetime | None:
    """
    Give the date: the field, else the one in the file's name, else nothing.

    A date that cannot be read is an error, since guessing would announce old news.
    """
    if matter.fields.get("date"):
        return _date(matter, "date", zone)
    try:
        return file_date(name, zone)
    except ValueError as error:
        matter.notes.add("DT006", reason=str(error))
        return None


def updated(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """Give the time of the last change that the author announces, if any."""
    for key in UPDATED:
        if text := matter.text(key):
            try:
                return parse_date(text, zone)
            except ValueError:
                matter.note("DT005", key, value=text)
    return None


def _date(matter: Matter, key: str, zone: ZoneInfo) -> datetime | None:
    text = matter.text(key)
    try:
        found = parse_date(text, zone)
    except FormError:
        matter.note("DT001", key, value=text or matter.source(key))
    except ZoneError as error:
        matter.note("DT003", key, value=text, zone=str(error))
    except ValueError as error:
        matter.note("DT002", key, value=text, reason=str(error))
    else:
        if is_naive(text):
            _warn_of_zone(matter, key, found.astimezone(zone))
        return found
    return None


def _warn_of_zone(matter: Matter, key: str, local: datetime) -> None:
    """Tell of a time that Jekyll reads otherwise: unquoted, with seconds, no zone."""
    if local.utcoffset() and matter.source(key)[:1] not in {'"', "'"}:
        offset = local.strftime("%z")
        matter.note("DT004", key, zone=str(local.tzinfo), offset=offset)


def words(fields: Mapping[str, Tree], singular: str, plural: str) -> list[str]:
    """
    Give categories or tags as Jekyll does: the singular key is one, the plural many.

    A plural in one line is split at commas if it has any, else at blanks.

    Returns:
        Each once, in order, NFC.
    """
    value = fields.get(singular) or _split(fields.get(plural, ""))
    return list(dict.fromkeys(_names(value)))


def categories(fields: Mapping[str, Tree], path: str) -> list[str]:
    """
    Give the categories: folders that hold a ``_posts``, then what front matter says.

    Source: jekyllrb.com/docs/posts/#categories. Folders inside ``_posts`` say nothing.
    """
    above, below, _ = path.rpartition("_posts/")
    folders = [name for name in above.split("/") if name] if below else []
    named = words(fields, "category", "categories")
    return list(dict.fromkeys([*map(one_line, folders), *named]))


def authors(fields: Mapping[str, Tree]) -> list[str]:
    """Give the names in ``author`` and ``authors``: text, lists, or ``name: …``."""
    many = fields.get("authors", "")
    if isinstance(many, str):
        many = list(many.split(","))
    one = fields.get("author", "")
    return list(dict.fromkeys([*_names(one), *_names(many)]))


def language(matter: Matter) -> str:
    """Give the language tag (BCP 47); nothing where the site's holds."""
    text = matter.text("lang", "language", "locale")
    tag = text.partition(".")[0].replace("_", "-")
    if text and not LANGUAGE.fullmatch(tag):
        key = next(key for key in ("lang", "language", "locale") if matter.text(key))
        matter.note("FM025", key, value=text)
        return ""
    return tag


def _split(value: Tree) -> Tree:
    if not isinstance(value, str):
        return value
    return list(value.split(",") if "," in value else value.split())


def _names(value: Tree) -> list[str]:
    if isinstance(value, str):
        name = one_line(value)
        return [name] if name else []
    if isinstance(value, list):
        return [name for inner in value for name in _names(inner)]
    return _names(value.get("name", ""))
