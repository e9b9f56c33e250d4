"""
Writes every feed, and remembers what it has written.

A feed whose posts are the same objects, in a folder nobody has touched, is not written,
read or compared again.
"""

import os
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import filterfalse

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.feeds.build import cleaned, write_files
from syndicate.feeds.cleaner import Cleaner
from syndicate.feeds.earlier import Earlier, Layout
from syndicate.feeds.edition import Edition
from syndicate.feeds.feed import KEPT, Feed, Pages, site_feed, topic_feed
from syndicate.feeds.gate import Gate
from syndicate.feeds.laid import Entries, Laid
from syndicate.feeds.partners.retire import retire_partners
from syndicate.feeds.publish import publish
from syndicate.feeds.retire import listed, retire
from syndicate.feeds.select import Selected
from syndicate.feeds.signposts import Signposts
from syndicate.feeds.tombstones import Tombstone
from syndicate.feeds.topic import Topic
from syndicate.feeds.topics import Selection
from syndicate.model import Entry

Stamp = tuple[int, ...]
"""Of a folder: another one when a file in it was replaced."""

AHEAD = 20
"""Feeds laid out ahead, at most: so many files the disk syncs one by one."""


class Press:
    """Writes the feeds of one configuration. One thread owns it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._folder = str(config.feeds_dir)
        self._printed: dict[str, tuple[Selection, Stamp]] = {}  # by folder
        self._standing: set[Selection] = set()  # those that were printed
        self._there: Sequence[Topic] | None = None  # as of the last time
        self._laid: Laid | None = None  # ahead of the next time
        self._layouts: dict[str, Mapping[str, Layout]] = {}  # of files, by folder
        # Otherwise the formats remember all that stands, as it was written.
        self._is_wide = bool(config.feeds.by) or config.feeds.entries > KEPT
        self._clean = Cleaner()
        self._signposts = Signposts(config, clean=self._clean)
        self.pages = Pages()  # where the subscription stands in the archive
        self.stones: Sequence[Tombstone] = ()  # of posts that are no more
        self.gate = Gate(
            config.feeds_dir, called=config.feeds.dir, full=config.feeds.entries
        )

    def changed(self, selected: Selected) -> list[Selection]:
        """Give the feeds that are not as they were written last, disk unseen."""
        return list(filterfalse(self._standing.__contains__, selected.feeds))

    def again(self, identities: Collection[str]) -> None:
        """Have the feeds written again in which entries of these posts stand."""
        stale = [
            folder
            for folder, (each, _) in self._printed.items()
            if any(post.identity in identities for post in each.posts)
        ]
        for folder in stale:
            self._standing.discard(self._printed.pop(folder)[0])
        self.discard()

    def write_ahead(self, entry: Entry) -> None:
        """
        Write an entry in every format, for nobody.

        The formats remember what they wrote; in the site's feed it is good as it is.
        """
        site = replace(site_feed([], self._config), pages=self.pages)
        for _ in write_files(replace(site, entries=list(self._cleaned([entry])))):
            pass

    def lay_out(self, selected: Selected, entries: Entries) -> None:
        """
        Write the feeds that changed aside, the first few: ``publish`` shows them.

        For whoever is about to write down, in a transaction, what stands in them: the
        disk takes both at once. It ends in ``publish`` or in ``discard``; until then no
        other process publishes. Where one is at it, or the disk refuses, nothing is
        laid out: ``publish`` will wait, or say so. What lies ready as it is wanted is
        left so.
        """
        changed, laid = self.changed(selected)[:AHEAD], self._laid
        if laid and laid.pages == self.pages and laid.says(changed, entries):
            return
        self.discard()
        if not changed:
            return
        self.gate.open()
        with suppress(SetupError), ExitStack() as trouble:
            edition = Edition(
                self._config.feeds_dir, fault=self.gate.fault, patient=False
            )
            trouble.callback(edition.close)
            laid = Laid(edition=edition, pages=self.pages)
            self._add(changed, entries, laid)
            self._laid = laid
            trouble.pop_all()

    def discard(self) -> None:
        """Let go of what was laid out and will not be shown."""
        laid, self._laid = self._laid, None
        if laid:
            laid.edition.close()
            self.gate.forget(each.folder for each in laid.feeds)

    def publish(
        self,
        selected: Selected,
        entries: Entries,
        *,
        pause: Callable[[], None] = lambda: None,
    ) -> list[str]:
        """
        Write the feeds that differ from those on disk and give the names of their files.

        Args:
            selected: All feeds there are.
            entries: Asked for those of a feed that is to be written, one at a time.
            pause: Called once the feeds are out, before what leads to them is written.

        What the gate shut out is named by it, and tried again the next time.

        Raises:
            SetupError: The disk refused; the last good feeds stand.
        """
        names = self._publish_feeds(selected, entries)
        pause()
        names += self._restore(selected, entries)
        rest = self._signposts.files(selected, entries, stones=self.stones)
        return names + publish(self._config.feeds_dir, rest, fault=self.gate.fault)

    def _publish_feeds(self, selected: Selected, entries: Entries) -> list[str]:
        # The site's own is always read.
        due = dict.fromkeys([selected.site, *self.changed(selected)])
        laid = self._taken_up(due)
        with laid.edition:
            self._add([each for each in due if each not in laid.feeds], entries, laid)
            names = self._show(laid)
            self._retire(selected.topics)
            retire_partners(self._config)
            return names

    def _restore(self, selected: Selected, entries: Entries) -> list[str]:
        """
        Write the feeds of topics again in whose folders somebody was at work.

        A site may have 20,000 of them: those that changed do not wait for the look.
        """
        there = set(map(id, selected.feeds))
        printed = [pair for pair in self._printed.values() if id(pair[0]) in there]
        lost = [each for each, at in printed if each.topic and at != self._stamp(each)]
        if not lost:
            return []
        with Edition(self._config.feeds_dir, fault=self.gate.fault) as edition:
            laid = Laid(edition=edition, pages=self.pages)
            self._add(lost, entries, laid)
            return self._show(laid)

    def _show(self, laid: Laid) -> list[str]:
        """Show feeds, and remember those that can stay as they are."""
        names = laid.edition.show()
        self._layouts |= laid.layouts
        for each in laid.whole:
            if not self.gate.is_shut(each.folder):
                self._note_printed(each)
        return names

    def _note_printed(self, selection: Selection) -> None:
        before, _ = self._printed.get(selection.folder, (selection, ()))
        self._standing.discard(before)
        self._standing.add(selection)
        self._printed[selection.folder] = selection, self._stamp(selection) or ()

    def _taken_up(self, due: Mapping[Selection, None]) -> Laid:
        """Give what was laid out, if it is still what is to be shown; else begin."""
        laid = self._laid
        if laid and laid.pages == self.pages and laid.feeds.keys() <= due.keys():
            self._laid = None
            return laid
        self.discard()
        self.gate.open()
        edition = Edition(self._config.feeds_dir, fault=self.gate.fault)
        return Laid(edition=edition, pages=self.pages)

    def _add(self, feeds: Sequence[Selection], entries: Entries, laid: Laid) -> None:
        """Write feeds aside, one by one."""
        site = replace(site_feed([], self._config), pages=self.pages)
        for each in feeds:
            found = entries(each.posts)
            feed = self._feed(site, each, found)
            for name, content in write_files(feed, each.folder):
                laid.edition.add(name, content)
                if self._is_wide:
                    feed.earlier.note(name.removeprefix(each.folder), content)
            laid.feeds[each] = found
            if layouts := feed.earlier.layouts:
                laid.layouts[each.folder] = layouts

    def _retire(self, topics: Sequence[Topic]) -> None:
        """Remove the feeds of topics that are no more."""
        before = self._there
        if before is topics:
            return
        if before is None:
            gone = listed(self._config.feeds_dir)
        else:
            gone = {each.folder for each in _missing(before, topics)}
        # A topic named anew is another one, in the same folder.
        gone -= {each.folder for each in _missing(topics, before or ())}
        retire(self._config.feeds_dir, sorted(gone))
        for folder in gone:
            self._layouts.pop(folder, None)
        self._there = topics

    def _stamp(self, selection: Selection) -> Stamp | None:
        # A path made of text: there may be 20,000 of them, and one takes microseconds.
        try:
            about = os.lstat(f"{self._folder}/{selection.folder}")
        except OSError:
            return None
        return about.st_dev, about.st_ino, about.st_mtime_ns

    def _feed(self, site: Feed, selection: Selection, entries: Sequence[Entry]) -> Feed:
        sound = list(self._cleaned(entries))
        folder = selection.folder
        earlier = Earlier(self._config.feeds_dir / folder, self._layouts.get(folder))
        feed = replace(site, entries=sound, earlier=earlier)
        return topic_feed(feed, selection.topic, sound) if selection.topic else feed

    def _cleaned(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        return cleaned(entries, clean=self._clean)


def _missing(topics: Sequence[Topic], there: Sequence[Topic]) -> list[Topic]:
    """Give the topics that are not there, as objects: most are, and none is compared."""
    known = set(map(id, there))
    return [each for each in topics if id(each) not in known]
