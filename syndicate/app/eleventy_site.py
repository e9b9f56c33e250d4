"""
What an Eleventy site's files say, in our words. Its JavaScript is read, and never run.

What stands there in quotes is taken: ``input``, ``pathPrefix``, the site's own words
in ``_data``, and what folders say for their pages (``posts.json``). A value that has to
be computed is left for a person to write.

Source: 11ty.dev/docs/config, /data-template-dir (which file goes before which)
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from os.path import commonpath, relpath
from pathlib import Path
from typing import Any

from syndicate.app.jekyll_site import Taken, name_of, tagged
from syndicate.app.site_files import read_text

NEWS = frozenset("post posts blog article articles news journal _posts".split())
"""Names of folders, and tags, of posts. Such as came from Jekyll have ``_posts``."""

OF_PAGES = frozenset(
    "permalink tags lang language locale author authors draft "
    "eleventyExcludeFromCollections image categories".split()
)
"""What folders say for their pages that a feed asks for."""

OF_SITE = ("site", "metadata", "meta", "config")
ENDINGS = (".json", ".js", ".mjs", ".cjs")
FOLDERS_OF_DATA = ("_data", "../_data", "data")
USUAL = ("src", "content", "site")
NOT_SEARCHED = {"node_modules"}
DEEPEST = 10

MOST_READ = 1 << 16
"""Of a file of JavaScript, in characters. What is looked for stands in the first lines."""

REMARK = re.compile(r"/\*(?:[^*]|\*(?!/)){0,4000}\*/|(?<![:'\"\w/])//[^\n]*")
INNER = re.compile(r":\s*\{[^{}]*\}")
SAID = re.compile(
    r"""(?<![\w.-])["']?(?P<key>\w+)["']?\s*:\s*"""
    r"""(?P<mark>["'`])(?P<value>[^"'`\n$]*)(?P=mark)"""
)
TAGS = re.compile(r"""(?<![\w.-])["']?tags["']?\s*:\s*\[(?P<items>[^\]]*)\]""")
QUOTED = re.compile(r"""["'`]([^"'`\n]+)["'`]""")
INPUT = re.compile(r"""setInputDirectory\(\s*["'`]([^"'`$]+)["'`]""")


def take(text: str, folder: Path) -> Taken:
    """Give what we can use of a configuration; the folder is the site's."""
    text = _without_remarks(text)
    said = _literals(text)
    source = folder / _source(text, said.get("input", ""), folder)
    yield from _site(_about(folder, source), said.get("pathPrefix", ""))
    output = (folder / said.get("output", "_site")).resolve()
    found = [path for path in _folders(source) if output not in path.resolve().parents]
    if not found:
        return
    first, *further = (path.relative_to(folder).as_posix() for path in found)
    yield "posts.dir", "folders", first
    yield "posts.also", "folders", further
    below = relpath(commonpath(found), source)
    style = "eleventy" if below == "." else f"/{below}/:eleventy/"
    yield "posts.permalink", "input", style
    yield "posts.defaults", "folders", list(_defaults(found, folder))


def _source(text: str, said: str, folder: Path) -> str:
    """Give the folder pages are in. Where it is computed, that which looks like it."""
    given = INPUT.search(text)
    first: str = given[1] if given else said
    names = (first, *(USUAL if "input" in text else ()))
    there = (name for name in names if name and (folder / name).is_dir())
    return next(there, ".")


def _site(about: Mapping[str, Any], prefix: str) -> Taken:
    url = about.get("url") or about.get("homepage") or ""
    if isinstance(url, str) and url.startswith("http"):
        below = prefix.strip("/")
        yield "site.url", "url", url.rstrip("/") + (f"/{below}" if below else "")
    title = about.get("title") or about.get("siteName") or about.get("name")
    yield "site.title", "title", title
    yield "site.description", "description", about.get("description")
    key = next(
        (key for key in ("language", "lang", "locale") if about.get(key)), "lang"
    )
    yield "site.language", key, tagged(about.get(key))
    author = about.get("author") or about.get("authorName")
    yield "site.author", "author", name_of(author)


def _about(folder: Path, source: Path) -> Mapping[str, Any]:
    """Give what the site says of itself: in its data, else in ``package.json``."""
    for place in FOLDERS_OF_DATA:
        for name in OF_SITE:
            for ending in ENDINGS:
                if found := _said(source / place / f"{name}{ending}"):
                    return found
    package = _said(folder / "package.json")
    home = package.get("homepage")
    is_own = isinstance(home, str) and "github.com" not in home
    return {"homepage": home} if is_own else {}


def _folders(source: Path) -> Iterator[Path]:
    """Find the folders of posts: by their names, or the tags of their pages."""
    for place, folders, _ in os.walk(source):
        folders[:] = sorted(filter(_is_searched, folders))
        path = Path(place)
        if path != source and _is_news(path):
            folders.clear()
            yield path


def _is_searched(name: str) -> bool:
    return name in NEWS or (name[0] not in "._" and name not in NOT_SEARCHED)


def _is_news(folder: Path) -> bool:
    is_named = folder.name in NEWS or not NEWS.isdisjoint(_tags(_own(folder)))
    return is_named and any(folder.rglob("*.md"))


def _defaults(folders: Iterable[Path], site: Path) -> Iterator[dict[str, Any]]:
    """Give what folders say for the pages in them."""
    for folder in folders:
        for path in sorted([folder, *folder.rglob("*/")]):
            if values := _for_pages(_own(path)):
                shown = f"{path.relative_to(site).as_posix()}/"
                yield {"path": shown, "values": values}


def _for_pages(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a feed asks for; the tag that makes a page a post says nothing else."""
    values = {key: said[key] for key in sorted(OF_PAGES & said.keys())}
    values["tags"] = [tag for tag in _tags(said) if tag not in NEWS]
    own = values.get("permalink")
    if isinstance(own, str):
        values["permalink"] = "/" + own.lstrip("/")
    elif own is not False:  # it is computed
        values.pop("permalink", None)
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def _own(folder: Path) -> dict[str, Any]:
    """Give what a folder says for its pages: the later file goes before the former."""
    found: dict[str, Any] = {}
    for ending in (".json", ".11tydata.json", ".11tydata.cjs", ".11tydata.js"):
        found |= _said(folder / f"{folder.name}{ending}")
    return found


def _said(path: Path) -> Mapping[str, Any]:
    """Give what a file says; nothing where it is not there or cannot be read."""
    if not path.is_file():
        return {}
    try:
        text = read_text(path)
        said = json.loads(text) if path.suffix == ".json" else _outermost(text)
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _outermost(text: str) -> dict[str, Any]:
    """Give the keys of the table that a file is, without those of tables within."""
    text = _without_remarks(text)
    for _ in range(DEEPEST):
        text = INNER.sub(":", text)
    return _literals(text)


def _without_remarks(text: str) -> str:
    return REMARK.sub("", text[:MOST_READ])


def _literals(text: str) -> dict[str, Any]:
    """Give the keys of JavaScript whose values stand there in quotes, the first of each."""
    found: dict[str, Any] = {}
    for each in SAID.finditer(text):
        found.setdefault(each["key"], each["value"])
    if listed := TAGS.search(text):
        found["tags"] = QUOTED.findall(listed["items"])
    return found


def _tags(said: Mapping[str, Any]) -> list[str]:
    tags = said.get("tags")
    if isinstance(tags, str):
        return tags.split()
    return [str(tag) for tag in tags] if isinstance(tags, list) else []
