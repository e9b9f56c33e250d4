"""
How the subscribe page is laid out: what ``page.py`` says, as HTML.

It was a template once. To import an engine for it took as long as writing the feeds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.builder import E

KEPT = 1024
"""Topics remembered as laid out: with each save most are as they were."""

Said = Mapping[str, Any]
Part = Any
"""An element, which lxml has no public name for, or text, which it escapes."""


def lay_out(said: Said, *, mark: str) -> str:
    """
    Write the page.

    Args:
        said: All that stands in it, as ``Page`` gives it.
        mark: What it is made of.
    """
    page = E(
        "html",
        {"lang": said["words"]["code"]},
        *_lines(
            [
                E("head", *_lines(_head(said, mark))),
                E("body", *_lines([_header(said), _main(said)])),
            ]
        ),
    )
    written: str = etree.tostring(
        page, method="html", encoding="unicode", doctype="<!doctype html>"
    )
    return f"{written}\n"


def _lines(parts: Iterable[Part]) -> Iterator[Part]:
    yield "\n"
    for part in parts:
        yield part
        yield "\n"


def _head(said: Said, mark: str) -> Iterator[Part]:
    site, words = said["site"], said["words"]
    yield E("meta", charset="utf-8")
    yield E("meta", name="generator", content=mark)
    policy = {"http-equiv": "Content-Security-Policy", "content": said["policy"]}
    yield E("meta", policy)
    yield E("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield E("meta", {"name": "color-scheme", "content": "light dark"})
    yield E("title", words["subscribe_to"].format(site["title"]))
    yield E("meta", name="description", content=site["description"])
    for feed in site["files"]:
        yield E(
            "link",
            rel="alternate",
            type=feed["media_type"],
            title=f"{site['title']} ({feed['name']})",
            href=feed["address"],
        )
    for other in said["others"]:
        yield E("link", rel="alternate", hreflang=other["code"], href=other["file"])
    yield E("style", said["style"])


def _header(said: Said) -> Part:
    site, words = said["site"], said["words"]
    others = [
        E(
            "a",
            other["name"],
            href=other["file"],
            lang=other["code"],
            hreflang=other["code"],
        )
        for other in said["others"]
    ]
    parts = [
        E("p", {"class": "site"}, _link(site["link"], site["title"])),
        E("nav", *_lines(others)),
        E("h1", words["subscribe"]),
        E("p", words["how"]),
    ]
    return E("header", *_lines(parts))


def _link(address: str, text: str) -> Part:
    return E("a", text, href=address)


def _main(said: Said) -> Part:
    """Lay out the feeds, the latest posts and, below these on a telephone, the topics."""
    words = said["words"]
    entries = [_entry(each) for each in said["entries"]]
    latest = [
        E("h2", words["latest"], id="latest"),
        *(entries or [E("p", words["nothing"])]),
    ]
    sections = [_section("feeds", _feeds(said["site"], words))]
    sections.append(_section("latest", latest))
    if said["groups"]:
        sections.append(_section("topics", _topics(said["groups"], words)))
    return E("main", *_lines(sections))


def _section(name: str, parts: Iterable[Part]) -> Part:
    return E("section", {"class": name, "aria-labelledby": name}, *_lines(parts))


def _feeds(site: Said, words: Said) -> Iterator[Part]:
    readers = [
        *(_link(reader["link"], reader["name"]) for reader in site["readers"]),
        _link(site["app"], words["app"]),
    ]
    items = _lines(E("li", each) for each in readers)
    yield E("h2", words["at_once"], id="at-once")
    yield E("ul", {"class": "readers", "aria-labelledby": "at-once"}, *items)
    yield E("h2", words["feeds"], id="feeds")
    yield E("dl", *_lines(map(_feed, site["files"])))
    yield E("p", _link(site["opml"], words["opml"]))


def _feed(feed: Said) -> Part:
    name = E("dt", _link(feed["address"], feed["name"]))
    return E("div", name, E("dd", E("code", feed["address"])))


def _topics(groups: Iterable[Said], words: Said) -> Iterator[Part]:
    yield E("h2", words["topics"], id="topics")
    for group in groups:
        yield E("h3", words["by"][group["by"]])
        topics = _lines(E("li", _topic(each)) for each in group["topics"])
        yield E("ul", *topics)
        if group["left"]:
            yield E("p", words["more"].format(group["left"]))


def _topic(topic: Said) -> Part:
    feeds = tuple((feed["address"], feed["name"]) for feed in topic["files"])
    return deepcopy(_details(topic["name"], feeds))  # an element has one place


@lru_cache(maxsize=KEPT)
def _details(name: str, feeds: Sequence[tuple[str, str]]) -> Part:
    """Lay out a topic: 100 of a kind took as long as all else there is to a save."""
    parts = [E("summary", name, dir="auto")]
    for address, called in feeds:
        parts += [" ", _link(address, called), " ", E("code", address)]
    return E("details", *parts)


def _entry(entry: Said) -> Part:
    title, link = entry["title"], entry["link"]
    told = [
        E("h3", _link(link, title) if link else title, dir="auto"),
        E("p", {"class": "when"}, E("time", entry["when"], datetime=entry["moment"])),
        E("p", entry["excerpt"], dir="auto"),
    ]
    parts = [E("div", *_lines(told))]
    if entry["picture"]:
        parts = [_picture(entry), *parts]
    language = {"lang": entry["language"]} if entry["language"] else {}
    return E("article", language, *_lines(parts))


def _picture(entry: Said) -> Part:
    return E(
        "img",
        src=entry["picture"],
        alt=entry["alt"],
        loading="lazy",
        decoding="async",
    )
