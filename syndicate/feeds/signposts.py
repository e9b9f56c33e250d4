"""
What leads to feeds and posts: the list of feeds, the sitemap of news, the subscribe page.

And, where they are wanted, what partners read: their own feeds, and which posts are gone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from syndicate.config import Config
from syndicate.feeds.build import cleaned
from syndicate.feeds.feed import Feed, site_feed
from syndicate.feeds.laid import Entries
from syndicate.feeds.news import FILE as NEWS
from syndicate.feeds.news import write_news
from syndicate.feeds.opml import FILE as OPML
from syndicate.feeds.opml import write_opml
from syndicate.feeds.page import LATEST, is_ours, make_pages
from syndicate.feeds.select import Selected
from syndicate.feeds.tombstones import FILE as TOMBSTONES
from syndicate.feeds.tombstones import Tombstone, write_tombstones
from syndicate.feeds.topic import Topic
from syndicate.model import Entry, FiledPost

Files = Iterator[tuple[str, bytes]]


class Signposts:
    """Written after the feeds they lead to, by the thread that writes those."""

    def __init__(self, config: Config, *, clean: Callable[[Entry], Entry]) -> None:
        """``clean`` makes an entry fit to stand in a feed, as ``cleaned`` has it."""
        self._config = config
        self._clean = clean
        self._listed: tuple[Sequence[Topic], bytes] | None = None
        self._news: tuple[Sequence[FiledPost], bytes] | None = None

    def files(
        self, selected: Selected, entries: Entries, *, stones: Sequence[Tombstone]
    ) -> Files:
        """
        Give each file's name, relative to the folder of feeds, with its content.

        Args:
            selected: All feeds there are.
            entries: Asked for those of the site's own feed.
            stones: Of posts that are no more.
        """
        return chain(
            self._maps(selected),
            self._tombstones(selected, entries, stones),
            self._partners(selected, entries),
            self._page(selected, entries),
        )

    def _maps(self, selected: Selected) -> Files:
        """Write what leads to feeds and posts; most times it is as it was."""
        if self._listed is None or self._listed[0] is not selected.topics:
            opml = write_opml(selected.topics, self._config)
            self._listed = selected.topics, opml
        if self._news is None or self._news[0] != selected.news:
            self._news = selected.news, write_news(selected.news, self._config)
        yield OPML, self._listed[1]
        yield NEWS, self._news[1]

    def _tombstones(
        self, selected: Selected, entries: Entries, stones: Sequence[Tombstone]
    ) -> Files:
        """Write which posts are no more, where partners want to know."""
        if self._config.feeds.tombstones:
            yield TOMBSTONES, write_tombstones(self._site(selected, entries), stones)

    def _partners(self, selected: Selected, entries: Entries) -> Files:
        """Write the feeds of partners, where there are any."""
        if not self._config.feeds.partners:
            return
        # Their profiles are imported by those alone who have a partner.
        from syndicate.feeds.partners.write import partner_files  # noqa: PLC0415

        yield from partner_files(self._site(selected, entries), self._config)

    def _page(self, selected: Selected, entries: Entries) -> Files:
        """Write the page if it says something else; never over somebody's own."""
        latest = self._cleaned(entries(selected.site.posts[:LATEST]))
        for page in make_pages(latest, selected.feeds, self._config):
            try:
                there = (self._config.feeds_dir / page.file).read_bytes()
            except OSError:
                there = b""
            if not there or (is_ours(there) and page.mark.encode() not in there):
                yield page.file, page.write()

    def _site(self, selected: Selected, entries: Entries) -> Feed:
        """Give the site's own feed, as it would be without an archive."""
        site = site_feed([], self._config)
        return replace(site, entries=self._cleaned(entries(selected.site.posts)))

    def _cleaned(self, entries: Sequence[Entry]) -> list[Entry]:
        return list(cleaned(entries, clean=self._clean))
