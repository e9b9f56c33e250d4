"""
What readers find: which posts stand in the feeds now, and their entries, written.

    posts, the time, what was taken back -> chosen -> laid out -> published
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from syndicate.app.entries import Entries
from syndicate.app.gallery import Gallery
from syndicate.app.shelf import Shelf
from syndicate.app.withdrawing import Withdrawn, next_gone
from syndicate.config import Config
from syndicate.errors import Problem
from syndicate.feeds.press import Press
from syndicate.feeds.select import Selected, Selector
from syndicate.model import FiledPost, Measure
from syndicate.posts.permalink import link_by_name
from syndicate.store.records import Records

if TYPE_CHECKING:
    from syndicate.app.archiving import Archive

Clock = Callable[[], datetime]


class Newsstand:
    """Of one newsroom, whose thread owns it, too."""

    def __init__(
        self,
        config: Config,
        *,
        records: Records,
        shelf: Shelf,
        reader: str,
        clock: Clock,
    ) -> None:
        """
        Prepare it.

        Args:
            config: Says which feeds there are.
            records: Keep entries, and what was taken back.
            shelf: The posts that stand. It is read, not written.
            reader: Fingerprint of what reads posts.
            clock: Gives the time, UTC.
        """
        self._config = config
        self._records = records
        self._shelf = shelf
        self._clock = clock
        self._selector = Selector(config)
        self._press = Press(config)
        self.gallery = Gallery(config, records.pictures)
        self.entries = Entries(
            config,
            reader,
            shelved=self._shelved,
            links=self._link_of,
            gallery=self.gallery,
        )
        self.withdrawn = Withdrawn(records)
        self._heeded = self.withdrawn.known  # as the feeds were chosen last
        self._counted_gone = datetime.min.replace(tzinfo=UTC)  # for tombstones
        self.archive = _archive(config, records, reader=reader)
        self.chosen: Selected | None = None  # as it was filled last
        self._just_filled = False  # by a look that the next publication belongs to
        self._chosen_at = clock()

    def choose(self, posts: Mapping[str, FiledPost]) -> Selected:
        """Choose among posts, by path, those that stand in each feed now."""
        now = self._chosen_at = self._clock()
        return self._selector.select(self._standing(posts, now), now=now)

    def prepare(self, selected: Selected, *, ahead: bool) -> None:
        """
        Render what is new in the feeds, before it is written down.

        Args:
            selected: As ``choose`` gave it.
            ahead: Whether it is also laid out. Whoever does not come to ``fill`` it in
                must ``discard`` it.
        """
        for feed in self._press.changed(selected):
            self.entries.of(feed.posts)
        if ahead:
            self._press.lay_out(selected, self.entries.of)

    def fill(self, selected: Selected, *, ahead: bool) -> None:
        """Take what was prepared, and is written down now, for what is to be published."""
        self.chosen, self._heeded = selected, self.withdrawn.known
        self._just_filled = ahead
        if not ahead:  # otherwise once the feeds are out
            self.discard()
            self.entries.forget_but(selected.posts)

    def discard(self) -> None:
        """Let go of what was prepared ahead."""
        self._press.discard()

    def lay_out_ahead(self, posts: Mapping[str, FiledPost]) -> None:
        """
        Lay out the feeds as they will be once these posts stand, for nobody.

        The look that finds it so has it done. It ends in that look or in ``discard``:
        until then no other process publishes.
        """
        now, due = self._clock(), self._selector.until
        if self.chosen is None or self.shut_out() or (due and due <= now):
            return  # there is something else to publish first
        coming = self._selector.select(self._standing(posts, now), now=now)
        try:
            self._press.lay_out(coming, self.entries.of_ahead)
        finally:
            posts = self._shelf.posts
            self._selector.select(self._standing(posts, now), now=now)

    def write_ahead(self, filed: FiledPost) -> None:
        """Render a post that is about to be filed so, and write its entry for nobody."""
        if entry := self.entries.make_ahead(filed):
            self._press.write_ahead(entry)

    def publish(self, pause: Callable[[], None] = lambda: None) -> list[str]:
        """
        Write the feeds whose bytes have changed and give their names.

        Args:
            pause: Called once the feeds are out, before what leads to them is written.

        Raises:
            SetupError: The disk refused; the last good feeds stand.
        """
        if self.chosen is None or (not self._just_filled and self.is_due()):
            self.chosen = self.choose(self._shelf.posts)
            self._heeded = self.withdrawn.known
        self._just_filled = False
        names = self._publish(self.chosen, pause)
        self.entries.forget_but(self.chosen.posts)
        return names

    def _publish(self, chosen: Selected, pause: Callable[[], None]) -> list[str]:
        now = self._clock()
        if self._config.feeds.tombstones:
            self._press.stones = list(self.withdrawn.stones(self._shelf, now))
            self._counted_gone = now
        if not self.archive:
            return self._press.publish(chosen, self.entries.of, pause=pause)
        self._press.pages = self.archive.close(
            self._standing(self._shelf.posts, now),
            subscribed=chosen.site.posts,
            now=now,
        )
        names = self._press.publish(chosen, self.entries.of, pause=pause)
        return names + self.archive.publish(self.entries, self._press.gate)

    def next_due(self, *, alerting: bool = True) -> datetime | None:
        """
        Say when the clock alone changes something: a post comes up, or is old news.

        Args:
            alerting: Whether rules are asked. Otherwise a post that waits for them, and
                whose time has come, waits on.
        """
        ends = self._shelf.next_end(self._chosen_at)
        waiting = self._shelf.next_due(after=None if alerting else self._chosen_at)
        moments = [waiting, self._selector.until, ends]
        if self._config.feeds.tombstones:
            moments.append(next_gone(self._shelf, self._counted_gone))
        return min(filter(None, moments), default=None)

    def is_due(self) -> bool:
        """Tell whether that time has come, or somebody took a post back."""
        self.withdrawn.look()
        if self.withdrawn.known is not self._heeded:
            return True
        due = self.next_due()
        return due is not None and due <= self._clock()

    def shut_out(self) -> tuple[Problem, ...]:
        """List the feeds that were not replaced because the gate found a fault."""
        return tuple(each for _, each in sorted(self._press.gate.problems.items()))

    def hang(self, found: Mapping[str, Measure]) -> bool:
        """
        Take in what pictures measure, by address.

        Returns:
            Whether feeds are to be written: ``publish`` writes them, ``look`` saves it.
        """
        changed = self.entries.hang(found)
        if changed:
            self._press.again(changed)
        return bool(changed)

    def _standing(
        self, posts: Mapping[str, FiledPost], now: datetime
    ) -> Iterable[FiledPost]:
        """Leave out the posts whose end has come, and those that were taken back."""
        ended = {
            path for path in self._shelf.ending if _has_ended(posts.get(path), now)
        }
        standing = (post for path, post in posts.items() if path not in ended)
        return self.withdrawn.standing(standing if ended else posts.values())

    def _link_of(self, name: str) -> str | None:
        return self._shelf.link_of(name) or link_by_name(name, config=self._config)

    def _shelved(self, identities: Collection[str]) -> Mapping[str, str]:
        # Row and entry are written together: a new post has neither.
        if self._shelf.rows.keys().isdisjoint(identities):
            return {}
        return self._records.entries(identities)


def _archive(config: Config, records: Records, *, reader: str) -> "Archive | None":
    if not config.feeds.archive:
        return None  # and import nothing, as for most
    from syndicate.app.archiving import Archive  # noqa: PLC0415 - see above

    return Archive(config, records.store, reader=reader)


def _has_ended(filed: FiledPost | None, now: datetime) -> bool:
    """Tell whether a post's time in the feeds is over."""
    return bool(filed and filed.post.expires and filed.post.expires <= now)
