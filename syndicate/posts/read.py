"""
Reads one file: bytes in, a post out, or what is wrong with it.

    bytes ─ encodings ─> text ─ fences ─> parts ─ front_matter ─> fields ─> post

Nothing is rendered here: only posts that stand in a feed are (``entry``).
"""

from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from syndicate.config import Config
from syndicate.errors import Problem
from syndicate.model import Post
from syndicate.posts import fields as of
from syndicate.posts.bounds import end_of
from syndicate.posts.dates import is_dated
from syndicate.posts.defaults import with_defaults
from syndicate.posts.enclosures import KEYS as RECORDED
from syndicate.posts.enclosures import untold
from syndicate.posts.encodings import decode
from syndicate.posts.fences import Parts, body_alone, take_apart
from syndicate.posts.front_matter import load
from syndicate.posts.hashing import hashes_of
from syndicate.posts.hugo import is_hugo
from syndicate.posts.liquid import is_needed, resolve
from syndicate.posts.matter import Matter
from syndicate.posts.permalink import link
from syndicate.posts.placeholders import Named
from syndicate.posts.plain import REFUSED
from syndicate.posts.problems import Fault, Notes
from syndicate.posts.scope import scope_of
from syndicate.posts.times import (
    TIMED,
    appears_at,
    expires_at,
    published_at,
    updated_at,
)
from syndicate.posts.titles import title_of
from syndicate.posts.translations import page_name, translated_to
from syndicate.posts.yaml_text import Tree

CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r") + b"\x7f"


class Reading(Struct, frozen=True, kw_only=True):
    """What a file says."""

    post: Post | None  # None: an error among the problems, or left out on purpose
    body: str  # Markdown or HTML; empty where nothing could be read
    problems: tuple[Problem, ...]


def read_post(raw: bytes, path: str, config: Config) -> Reading:
    """
    Read a post.

    Args:
        raw: The whole file.
        path: Below the posts folder, with ``/``.
        config: For the site's zone, language, address and permalinks.

    Returns:
        The post, whose ``link`` is empty where it takes a date and the post has none:
        ``permalink.finish`` fills it. Without a post and without an error among the
        problems the author keeps it back (``published: false``, ``draft: true``) or it
        has no front matter. Problems name the file from the configuration's folder on.
    """
    notes = Notes(file=config.shown(path))
    try:
        return _read(raw, path, config, notes=notes)
    except Fault as fault:
        notes.add_fault(fault)
        return Reading(post=None, body="", problems=tuple(notes.problems))


def read_again(raw: bytes, post: Post, config: Config) -> Reading:
    """
    Read a file for what is not kept of it: the front matter, and the body.

    Args:
        raw: The whole file. Where it says something else by now, all of it is read.
        post: As ``read_post`` gave it, with this configuration.
        config: As for ``read_post``.
    """
    notes = Notes(file=config.shown(post.path))
    with suppress(Fault):
        parts, fields = _open(raw, post.path, config, notes=notes)
        matter = Matter(fields=fields, parts=parts, notes=notes)
        if hashes_of(raw, matter)[0] == post.content_hash:
            known = replace(post, fields=fields)
            return Reading(post=known, body=parts.body, problems=())
    return read_post(raw, post.path, config)


def _read(raw: bytes, path: str, config: Config, *, notes: Notes) -> Reading:
    parts, fields = _open(raw, path, config, notes=notes)
    if of.is_left_out(fields, is_jekyll=config.is_jekyll):
        return Reading(post=None, body=parts.body, problems=())
    matter = Matter(fields=fields, parts=parts, notes=notes)
    post = _post(matter, raw, path=path, config=config)
    if not RECORDED.isdisjoint(fields) and (key := untold(fields, config.site.url)):
        matter.note("FM029", key)
    _look_at_body(matter, post, raw, config=config)
    return Reading(
        post=None if notes.has_errors else post,
        body=parts.body,
        problems=tuple(notes.problems),
    )


def _open(
    raw: bytes, path: str, config: Config, *, notes: Notes
) -> tuple[Parts, Mapping[str, Tree]]:
    """Give body and front matter, defaults included."""
    text = decode(raw, notes, language=config.site.language)
    notes.text = text
    parts = take_apart(text, notes)
    if parts is None:
        parts = _without_fences(text, path, config)
    if parts is None:
        raise Fault("FM004")
    fields: Mapping[str, Tree] = load(parts, notes)
    if config.posts.defaults:
        fields = with_defaults(fields, path, config)
    return parts, fields


def _without_fences(text: str, path: str, config: Config) -> Parts | None:
    """
    Give the parts of a file that begins with fields, or with its body.

    To Hugo HTML without front matter is no page, but a file that goes with one.
    """
    if path.endswith((".html", ".htm")) and is_hugo(config):
        return None
    # Few folders have such files: the others import nothing for them.
    from syndicate.posts.headers import header  # noqa: PLC0415

    found = header(text, path.rpartition("/")[2])
    return found or (body_alone(text) if is_dated(path) else None)


def _post(matter: Matter, raw: bytes, *, path: str, config: Config) -> Post:
    languages = config.posts.languages
    name = page_name(path, languages)
    zone = config.site.zone
    published = published_at(matter, name, config)
    categories = of.few(
        of.categories(matter.fields, path), matter, "category", "categories"
    )
    named = Named(
        path=path,
        fields=matter.fields,
        categories=categories,
        published=published,
        languages=languages,
    )
    expires = None
    if not TIMED.isdisjoint(matter.fields):
        published = appears_at(matter, published, config)
        expires = expires_at(matter, zone)
    content_hash, body_hash = hashes_of(raw, matter)
    return Post(
        path=path,
        title=title_of(matter, name),
        link=_link(named, matter, config),
        published=published,
        updated=updated_at(matter, zone),
        expires=expires,
        authors=of.shared(
            tuple(of.few(of.authors(matter.fields), matter, "authors", "author"))
        ),
        categories=of.shared(tuple(categories)),
        tags=tuple(
            of.few(of.words(matter.fields, "tag", "tags"), matter, "tag", "tags")
        ),
        language=of.language(matter) or translated_to(path, languages),
        guid=matter.text("guid", "id"),
        fields=matter.fields,
        content_hash=content_hash,
        body_hash=body_hash,
    )


def _link(named: Named, matter: Matter, config: Config) -> str:
    """Make the address. What is wrong with the author's own ``permalink`` is noted."""
    try:
        return link(named, config)
    except Fault as fault:
        matter.note(fault.code, "permalink", **fault.words)
        return ""


def _look_at_body(matter: Matter, post: Post, raw: bytes, *, config: Config) -> None:
    """Tell of what will not be shown: controls, and Liquid that stands for nothing."""
    parts, notes = matter.parts, matter.notes
    if len(raw.translate(None, CONTROLS)) != len(raw):
        found = REFUSED.search(parts.body)
        if found:
            notes.add("HT005", _place(parts, found.start()))
    end = end_of(parts.body)
    if end < len(parts.body):
        notes.add("HT006", _place(parts, end), limit=f"{end:,}")
    if is_needed(parts.body):
        for unknown in resolve(parts.body[:end], scope_of(post, config)).unknown:
            place = _place(parts, unknown.offset)
            notes.add(unknown.code, place, name=unknown.name)


def _place(parts: Parts, offset: int) -> tuple[int, int]:
    before = parts.body[:offset]
    return parts.body_line + before.count("\n"), len(before) - before.rfind("\n")
