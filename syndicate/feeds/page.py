"""
The subscribe page: every feed with its address, and the latest entries. No script.

It is written twice, in Korean and in English, and each leads to the other.

It is laid out (``layout.py``) only when it has to be made anew: the page on the disk
carries a mark of what it was made from.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from syndicate.config import Config
from syndicate.feeds.feed import Feed, formats, site_feed
from syndicate.feeds.layout import KEPT, lay_out
from syndicate.feeds.opml import FILE as OPML
from syndicate.feeds.opml import SHOWN
from syndicate.feeds.reader_links import app_link, reader_links
from syndicate.feeds.topic import Topic
from syndicate.feeds.topics import Selection
from syndicate.feeds.words import LANGUAGES, Words, words_of
from syndicate.model import Entry

FILE = "index.html"
MARK = "syndicate page"
"""What the generator of our pages begins with. A page without it is somebody's own."""

LATEST = 10
TOPICS = 100
"""Most topics of a kind that are listed, those with the newest posts; OPML has all."""

Ranked = tuple[datetime, str, Topic]
"""A topic, behind when its newest post was published and its slug."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that a page says."""

    config: Config
    site: Feed  # with its entries, clean
    groups: Sequence[Mapping[str, Any]]  # of topics, the same in every language
    words: Words

    @property
    def file(self) -> str:
        """Its name: in the language of the site, what a folder shows."""
        return file_in(self.words, self.site.language)

    def write(self) -> bytes:
        """Make the page. The same feeds and entries give the same bytes."""
        return lay_out(self._said, mark=self.mark).encode()

    @cached_property
    def mark(self) -> str:
        """Name what the page is made of: another mark, another page."""
        said = repr((self._said, _source("layout.py")))
        return f"{MARK} {sha256(said.encode()).hexdigest()[:16]}"

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        return {
            "words": asdict(self.words),
            "others": list(self._others()),
            "policy": policy(),
            "style": _style(),
            "site": {
                "title": self.site.title,
                "description": self.site.description,
                "link": self.site.link,
                "opml": self.site.root + OPML,
                "files": _files(self.site.root),
                "app": app_link(_main(self.site.root)),
                "readers": reader_links(_main(self.site.root)),
            },
            "groups": self.groups,
            "entries": [self._entry(each) for each in self._latest()],
        }

    def _others(self) -> Iterator[Mapping[str, str]]:
        """Give the same page in its other languages."""
        for words in LANGUAGES:
            if words is not self.words:
                file = file_in(words, self.site.language)
                yield {"code": words.code, "name": words.name, "file": file}

    def _latest(self) -> Sequence[Entry]:
        return self.site.entries[:LATEST]

    def _entry(self, entry: Entry) -> Mapping[str, str]:
        moment = entry.published.astimezone(self.config.site.zone)
        picture = entry.picture
        language = entry.language or self.site.language
        return {
            "title": entry.title,
            "link": _on_the_web(entry.link),
            "excerpt": entry.excerpt,
            "language": "" if language == self.words.code else language,
            "picture": _on_the_web(picture.url) if picture else "",
            "alt": picture.alt if picture else "",
            "moment": moment.isoformat(timespec="seconds"),
            "when": self.words.when(moment),
        }


def make_pages(
    entries: Sequence[Entry], topics: Sequence[Selection], config: Config
) -> list[Page]:
    """
    Prepare the page in each language; nothing is rendered yet.

    Args:
        entries: Of the whole site, clean, newest first.
        topics: The feeds of topics, in any order.
        config: Says who publishes.

    Returns:
        That in the language of the site first.
    """
    site = site_feed(entries, config)
    own = words_of(site.language)
    groups = list(_groups(topics, config, root=site.root))
    return [
        Page(config=config, site=site, groups=groups, words=words)
        for words in sorted(LANGUAGES, key=lambda words: words is not own)
    ]


def _groups(
    topics: Sequence[Selection], config: Config, *, root: str
) -> Iterator[Mapping[str, Any]]:
    """Give the topics by kind, each by name; of many, those with the newest posts."""
    kinds: dict[str, list[Ranked]] = {by: [] for by in config.feeds.by}
    for each in topics:
        if topic := each.topic:
            # No two have a slug, so that topics themselves are not compared.
            ranked = each.posts[0].published, topic.slug, topic
            kinds[topic.by].append(ranked)
    for by, there in kinds.items():
        kept = sorted(nlargest(TOPICS, there), key=itemgetter(1))
        shown = [_shown(topic, root) for *_, topic in kept]
        if shown:
            yield {"by": by, "topics": shown, "left": len(there) - len(shown)}


@lru_cache(maxsize=KEPT)
def _shown(topic: Topic, root: str) -> Mapping[str, Any]:
    """Give what is said of a topic. It is not written to."""
    return {"name": topic.name, "files": _files(root + topic.address)}


def file_in(words: Words, language: str) -> str:
    """Give the file of the page in one language; ``language`` is the site's."""
    return FILE if words is words_of(language) else f"index.{words.code}.html"


@cache
def policy() -> str:
    """
    Give the page's content security policy: its own style, pictures, and nothing else.

    Source: w3.org/TR/CSP3
    """
    digest = base64.b64encode(sha256(_style().encode()).digest()).decode()
    return (
        "default-src 'none'; img-src https: http:; "
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def is_ours(page: bytes) -> bool:
    """Tell whether syndicate wrote a page."""
    return f'<meta name="generator" content="{MARK} '.encode() in page[:500]


def _files(address: str) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "media_type": each.media_type,
            "address": address + each.file,
        }
        for each in formats()
    ]


def _main(root: str) -> str:
    """Give the address of the feed that readers are led to."""
    return f"{root}{SHOWN}"


def _on_the_web(address: str) -> str:
    """Give an address a reader may follow, or nothing."""
    return address if urlsplit(address).scheme in ("http", "https") else ""


@cache
def _source(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


@cache
def _style() -> str:
    return _source("page.css").strip()
