"""
What a Hugo site's configuration says, in our words.

Source: gohugo.io/configuration/introduction (files and folders), /all, /permalinks,
/languages
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from syndicate.app.jekyll_site import Taken, name_of, tagged
from syndicate.words import SaidError

WORDS = {"title": "headline", "slug": "slugortitle"}
"""What Hugo means by these is another thing than what Jekyll means."""

PLAIN = "/:hugo"
"""Where a page is that no template says otherwise of."""

STRANGE = re.compile(r":[^a-z]|\[")
"""Parts of sections and layouts of dates, which no placeholder of ours says."""


def take(said: Mapping[str, Any]) -> Taken:
    """Give what we can use of it; nothing where it is not Hugo's."""
    keys = _small(said)
    if "baseurl" not in keys:
        return
    language = str(keys.get("defaultcontentlanguage") or "en").lower()
    languages = _table(_small(_table(keys, "languages")), language)
    keys |= {key: value for key, value in _small(languages).items() if key != "params"}
    params = _small(_table(keys, "params")) | _small(
        _table(_small(languages), "params")
    )
    yield "site.url", "baseURL", str(keys["baseurl"]).rstrip("/")
    yield "site.title", "title", keys.get("title")
    yield "site.timezone", "timeZone", keys.get("timezone")
    yield "site.description", "params.description", params.get("description")
    author = name_of(params.get("author") or keys.get("author"))
    yield "site.author", "params.author", author
    written = ("locale", "languagecode")
    key = next((key for key in written if keys.get(key)), "defaultcontentlanguage")
    yield "site.language", key, tagged(keys.get(key))
    content, others, sections = _content(keys, language)
    yield "posts.dir", "contentDir", content
    yield "posts.languages", "languages", [language, *others] if others else []
    prefix = "/:translation" if others else ""
    if keys.get("defaultcontentlanguageinsubdir"):
        prefix = "/:lang" if others else f"/{language}"
    is_ugly = keys.get("uglyurls") is True
    yield "posts.permalink", "uglyURLs", _usual(prefix, is_ugly=is_ugly)
    defaults = _defaults(_permalinks(keys), (content, sections), prefix)
    yield "posts.defaults", "permalinks", list(defaults)


def _content(keys: Mapping[str, Any], language: str) -> tuple[str, list[str], str]:
    """
    Give the folder of posts, the languages of translations in it, and where sections are.

    Translations are told by their names, or each language has a folder that is named as
    it is. Where folders are laid out otherwise, those of other languages are not read.
    """
    usual = _folder(keys)
    said = _small(_table(keys, "languages"))
    tables = {code: _small(_table(said, code)) for code in said}
    folders = {
        code: _folder(table) or usual or "content"
        for code, table in tables.items()
        if table.get("disabled") is not True
    }
    own = folders.pop(language, usual or "content")
    if all(folder == own for folder in folders.values()):
        return own, list(folders), own
    above, _, name = own.rpartition("/")
    if name == language and all(
        folder == f"{above}/{code}" for code, folder in folders.items()
    ):
        return above, list(folders), f"{above}/*"
    return own, [], own


def _folder(table: Mapping[str, Any]) -> str:
    return str(table.get("contentdir") or "").strip("/")


def _usual(prefix: str, *, is_ugly: bool) -> str:
    """Give the address of a page of a section that says nothing."""
    if not prefix and not is_ugly:
        return "hugo"
    end = ".html" if is_ugly else "/"
    return f"{prefix}{PLAIN}{end}"


def _permalinks(keys: Mapping[str, Any]) -> dict[str, str]:
    """
    Give the sections' own addresses: ``[permalinks]``, or ``[permalinks.page]``.

    ``[uglyURLs]`` may name sections whose pages are files.
    """
    found, ugly = _table(keys, "permalinks"), keys.get("uglyurls")
    given = {**found, **_table(found, "page")}
    files = _table(keys, "uglyurls")
    plain = {name: PLAIN for name, is_file in files.items() if is_file is True}
    return {
        section: _ours(template, is_file=ugly is True or section in plain)
        for section, template in {**plain, **given}.items()
        if isinstance(template, str)
    }


def _defaults(
    templates: Mapping[str, str], folders: tuple[str, str], prefix: str
) -> Iterator[dict[str, Any]]:
    """Give what files say in the folder of posts, and in that of each section."""
    content, sections = folders
    for section, template in templates.items():
        path = content if section == "/" else f"{sections}/{section}/"
        yield {"path": path, "values": {"permalink": prefix + template}}


def _ours(template: str, *, is_file: bool) -> str:
    if STRANGE.search(template):
        raise SaidError(
            "permalinks: {template}: write it without [ ] and layouts of dates",
            template=template,
        )
    named = re.sub(
        r":([a-z]+)", lambda word: f":{WORDS.get(word[1], word[1])}", template
    )
    has_ending = "." in named.rpartition("/")[2]
    end = "" if has_ending else ".html" if is_file else "/"
    return "/" + named.strip("/") + end


def _small(table: Mapping[str, Any]) -> dict[str, Any]:
    """Write keys small: Hugo reads them in any case."""
    return {str(key).lower(): value for key, value in table.items()}


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, Mapping) else {}
