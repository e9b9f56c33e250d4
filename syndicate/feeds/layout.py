"""
How the subscribe page is laid out: what ``page.py`` says, as HTML.

It was a template once. To import an engine for it took as long as writing the feeds.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from syndicate.feeds.markup import Html, element, joined

Said = Mapping[str, Any]


def lay_out(said: Said, *, mark: str) -> str:
    """
    Write the page.

    Args:
        said: All that stands in it, as ``Page`` gives it.
        mark: What it is made of.
    """
    parts = [
        element("head", _lines(_head(said, mark))),
        element("body", _lines([_header(said), _main(said)])),
    ]
    page = element("html", _lines(parts), lang=said["words"]["code"])
    return f"<!doctype html>\n{page}\n"


def _lines(parts: Iterable[str]) -> Html:
    return joined("", *parts, "", by="\n")


def _head(said: Said, mark: str) -> Iterator[Html]:
    site, words = said["site"], said["words"]
    yield element("meta", charset="utf-8")
    yield _meta("generator", mark)
    policy = {"http-equiv": "Content-Security-Policy", "content": said["policy"]}
    yield element("meta", **policy)
    yield _meta("viewport", "width=device-width, initial-scale=1")
    yield _meta("color-scheme", "light dark")
    yield element("title", words["subscribe_to"].format(site["title"]))
    yield _meta("description", site["description"])
    for feed in site["files"]:
        yield element(
            "link",
            rel="alternate",
            type=feed["media_type"],
            title=f"{site['title']} ({feed['name']})",
            href=feed["address"],
        )
    for other in said["others"]:
        yield element(
            "link", rel="alternate", hreflang=other["code"], href=other["file"]
        )
    yield element("style", Html(said["style"]))


def _meta(name: str, content: str) -> Html:
    return element("meta", name=name, content=content)


def _header(said: Said) -> Html:
    site, words = said["site"], said["words"]
    others = [
        element(
            "a",
            other["name"],
            href=other["file"],
            lang=other["code"],
            hreflang=other["code"],
        )
        for other in said["others"]
    ]
    parts = [
        element("p", _link(site["link"], site["title"]), class_="site"),
        element("nav", _lines(others)),
        element("h1", words["subscribe"]),
        element("p", words["how"]),
    ]
    return element("header", _lines(parts))


def _link(address: str, text: str) -> Html:
    return element("a", text, href=address)


def _main(said: Said) -> Html:
    words = said["words"]
    feeds = [*_feeds(said["site"], words), *_topics(said["groups"], words)]
    entries = [_entry(each) for each in said["entries"]]
    latest = [
        element("h2", words["latest"], id="latest"),
        *(entries or [element("p", words["nothing"])]),
    ]
    sections = [
        element("section", _lines(feeds), aria_labelledby="feeds"),
        element("section", _lines(latest), aria_labelledby="latest"),
    ]
    return element("main", _lines(sections))


def _feeds(site: Said, words: Said) -> Iterator[Html]:
    readers = [
        *(_link(reader["link"], reader["name"]) for reader in site["readers"]),
        _link(site["app"], words["app"]),
    ]
    items = _lines(element("li", each) for each in readers)
    yield element("h2", words["at_once"], id="at-once")
    yield element("ul", items, class_="readers", aria_labelledby="at-once")
    yield element("h2", words["feeds"], id="feeds")
    yield element("dl", _lines(map(_feed, site["files"])))
    yield element("p", _link(site["opml"], words["opml"]))


def _feed(feed: Said) -> Html:
    name = element("dt", _link(feed["address"], feed["name"]))
    return element("div", name, element("dd", element("code", feed["address"])))


def _topics(groups: Iterable[Said], words: Said) -> Iterator[Html]:
    for group in groups:
        yield element("h3", words["by"][group["by"]])
        topics = _lines(element("li", _topic(each)) for each in group["topics"])
        yield element("ul", topics, class_="topics")
        if group["left"]:
            yield element("p", words["more"].format(group["left"]))


def _topic(topic: Said) -> Html:
    parts: list[str] = [element("summary", topic["name"], dir="auto")]
    for feed in topic["files"]:
        parts += [
            _link(feed["address"], feed["name"]),
            element("code", feed["address"]),
        ]
    return element("details", joined(*parts, by=" "))


def _entry(entry: Said) -> Html:
    title, link = entry["title"], entry["link"]
    when = element("time", entry["when"], datetime=entry["moment"])
    told = [
        element("h3", _link(link, title) if link else title, dir="auto"),
        element("p", when, class_="when"),
        element("p", entry["excerpt"], dir="auto"),
    ]
    parts = [element("div", _lines(told))]
    if entry["picture"]:
        parts = [_picture(entry), *parts]
    language = {"lang": entry["language"]} if entry["language"] else {}
    return element("article", _lines(parts), **language)


def _picture(entry: Said) -> Html:
    return element(
        "img",
        src=entry["picture"],
        alt=entry["alt"],
        loading="lazy",
        decoding="async",
    )
