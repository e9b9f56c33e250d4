"""
What a Jekyll site's ``_config.yml`` says, in our words.

Source: jekyllrb.com/docs/configuration/options, /front-matter-defaults, /collections
"""

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from syndicate.app.jekyll_collections import is_news, told
from syndicate.app.jekyll_podcast import podcast
from syndicate.config.checks import PERMALINK_NAMES

Taken = Iterator[tuple[str, str, Any]]
"""Our key, theirs, the value."""

NOT_SEARCHED = {"node_modules", "vendor", "feeds"}
OPTIONS = frozenset(
    "url baseurl title description timezone lang locale logo author permalink future "
    "collections collections_dir defaults source destination plugins plugins_dir gems "
    "layouts_dir data_dir includes_dir safe include exclude keep_files encoding theme "
    "markdown_ext strict_front_matter show_drafts limit_posts unpublished whitelist "
    "markdown highlighter lsi excerpt_separator incremental detach port host webrick "
    "show_dir_listing livereload kramdown liquid sass paginate paginate_path quiet "
    "verbose profile plugins remote_theme feed cache_dir disable_disk_cache".split()
)
"""Keys of ``_config.yml`` that mean something to Jekyll, or are taken by name."""

IN_VAIN = {"layout", "sitemap"}
"""Front matter that no feed asks for."""

OF_PAGES = ":basename"
"""Stands in permalinks of pages alone: no post has such a one."""


def take(said: Mapping[str, Any], folder: Path) -> Taken:
    """Give what we can use of it; the folder is the site's."""
    if url := said.get("url"):
        below = str(said.get("baseurl") or "").strip("/")
        yield "site.url", "url", f"{url}".rstrip("/") + (f"/{below}" if below else "")
    yield "site.title", "title", said.get("title") or said.get("name")
    for key in ("description", "timezone"):
        yield f"site.{key}", key, said.get(key)
    yield "site.image", "logo", said.get("logo")
    yield "site.language", *_language(said)
    yield "site.author", "author", name_of(said.get("author"))
    yield "site.values", "site", _values(said)
    collections = _collections(said)
    source = _source(said, folder)
    base = _joined(source, said.get("collections_dir"))
    first = f"{base}/_posts" if base else "_posts"
    yield "posts.dir", "collections_dir" if base != source else "source", first
    further = _folders(folder, first) if base == source else []
    yield "posts.also", "folders", further
    posts = collections.pop("posts", {})
    key = "collections.posts.permalink" if "permalink" in posts else "permalink"
    yield "posts.permalink", key, _rooted(posts.get("permalink", said.get("permalink")))
    tables = _tables(collections, base)
    yield "posts.collections", "collections", list(_there(tables, told(said), folder))
    yield "posts.defaults", "defaults", list(_defaults(said.get("defaults"), source))
    yield "feeds.podcast", "podcast", podcast(said)


def _source(said: Mapping[str, Any], folder: Path) -> str:
    """Give the folder all the others are in, as in Octopress; Hexo has its own word."""
    found = _joined("", said.get("source") or said.get("source_dir"))
    return found if (folder / found).is_dir() else ""


def _joined(base: str, path: object) -> str:
    """Give a folder below another; what leads out of it, none."""
    parts = [part for part in str(path or "").split("/") if part not in {"", "."}]
    return "/".join([base, *parts] if base else parts) if ".." not in parts else base


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a body may ask for as ``site.…`` and no option of Jekyll is."""
    return {
        str(key): value
        for key, value in said.items()
        if key not in OPTIONS and _is_plain(value)
    }


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(v, str | int) for v in value.values())
    return isinstance(value, str | int) and value != ""


def _language(said: Mapping[str, Any]) -> tuple[str, object]:
    """Give where the language is told, and which: of a list, the first."""
    for key in ("lang", "locale"):
        told = said.get(key)
        first = told[0] if isinstance(told, list) and told else told
        # A table under such a name holds a theme's words.
        if isinstance(first, str) and first:
            return key, tagged(first)
    return "lang", None


def tagged(language: object) -> object:
    """Write ``ko_KR.UTF-8`` as a language tag."""
    if not isinstance(language, str):
        return language
    return language.partition(".")[0].replace("_", "-")


def name_of(author: object) -> object:
    """Give the name of an author, written as text or as a mapping."""
    return author.get("name") if isinstance(author, Mapping) else author


def _rooted(template: object) -> object:
    """Write a template as Jekyll reads it: from the root of the site."""
    if not isinstance(template, str) or template in PERMALINK_NAMES:
        return template
    return "/" + template.lstrip("/") if template else None


def _folders(site: Path, first: str) -> list[str]:
    """Find the folders of posts beside the first: those in other folders."""
    found = []
    for place, folders, _ in os.walk(site):
        if "_posts" in folders:
            found.append(Path(place, "_posts").relative_to(site).as_posix())
        folders[:] = [
            name
            for name in sorted(folders)
            if name[0] not in "._" and name not in NOT_SEARCHED
        ]
    return [path for path in found if path not in {first, "_posts"}]


def _collections(said: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give collections by name, which Jekyll takes as a list, too."""
    found = said.get("collections")
    if isinstance(found, Sequence) and not isinstance(found, str):
        found = {str(name): {} for name in found}
    if not isinstance(found, Mapping):
        return {}
    return {
        str(name): inner if isinstance(inner, Mapping) else {}
        for name, inner in found.items()
    }


def _there(
    tables: Iterable[dict[str, Any]], told: Container[str], site: Path
) -> Iterator[dict[str, Any]]:
    """Give the collections that have a folder; those that are no news are not read."""
    for table in tables:
        folder = site / table.get("dir", f"_{table['name']}")
        if folder.is_dir():
            shown = table["name"] in told or is_news(folder)
            yield table if shown else table | {"output": False}


def _tables(
    collections: Mapping[str, Mapping[str, Any]], base: str
) -> Iterator[dict[str, Any]]:
    for name, inner in collections.items():
        if inner.get("output") is not True:
            continue  # it gets no pages, so there is nothing to lead readers to
        table: dict[str, Any] = {"name": name}
        if base:
            table["dir"] = f"{base}/_{name}"
        if template := _rooted(inner.get("permalink")):
            table["permalink"] = template
        yield table


def _defaults(said: object, source: str) -> Iterator[dict[str, Any]]:
    for each in said if isinstance(said, list) else ():
        scope = each.get("scope") if isinstance(each, Mapping) else None
        scope = scope if isinstance(scope, Mapping) else {}
        values = each.get("values") if isinstance(each, Mapping) else None
        if not isinstance(values, Mapping) or scope.get("type") in {"pages", "drafts"}:
            continue
        kept = {
            key: _rooted(value) if key == "permalink" else value
            for key, value in values.items()
            if key not in IN_VAIN and value is not None and OF_PAGES not in str(value)
        }
        if kept:
            told = {key: scope[key] for key in ("path", "type") if scope.get(key)}
            if source:
                told["path"] = _joined(source, scope.get("path"))
            yield {**told, "values": kept}
