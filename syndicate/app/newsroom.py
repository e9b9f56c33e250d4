"""
One look at the posts folder, and everything that follows from it.

    changed files -> read -> filed -> one transaction (posts, alerts, deliveries)
                                        -> lanes wake; feeds are written

Nothing in memory moves before the transaction has: if the disk is full, the next look
starts where this one started.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from syndicate.app.alarm import Alarm, unheard
from syndicate.app.archiving import Archive
from syndicate.app.collector import collector_at_rest
from syndicate.app.effects import counted
from syndicate.app.entries import Entries
from syndicate.app.filing import Clerk
from syndicate.app.gallery import Gallery
from syndicate.app.guarding import Guard
from syndicate.app.planning import Changes, Plan, make_plan
from syndicate.app.reading import Reader, Seen
from syndicate.app.report import Alerted, Look, report
from syndicate.app.shelf import Shelf
from syndicate.app.telling import Roster
from syndicate.app.withdrawing import Withdrawn, next_gone
from syndicate.config import Config
from syndicate.errors import PostError, Problem
from syndicate.feeds.press import Press
from syndicate.feeds.select import Selected, Selector
from syndicate.model import Entry, FiledPost, Measure
from syndicate.posts.permalink import link_by_name
from syndicate.posts.watch import Stat, changes, scan, stat_of
from syndicate.store import posts as rows
from syndicate.store.engine import Store
from syndicate.store.entries import load_entries, save_entries
from syndicate.store.pictures import measured_pictures
from syndicate.store.switches import Switch, flip, load_switches
from syndicate.store.texts import load_texts, save_texts

BASELINE = "baseline"
Clock = Callable[[], datetime]


class Newsroom:
    """Knows every post. One thread owns it."""

    def __init__(
        self, config: Config, *, store: Store, roster: Roster, clock: Clock
    ) -> None:
        self.config = config
        self.store = store
        self.roster = roster
        self.clock = clock
        self.reader = Reader(config)
        self.shelf = Shelf()
        self.selector = Selector(config)
        self.press = Press(config)
        self.gallery = Gallery(config, self._measured)
        self.entries = Entries(
            config,
            self.reader.fingerprint,
            shelved=self._shelved,
            links=self._link_of,
            gallery=self.gallery,
        )
        self.guard = Guard(config)
        self.alarm = Alarm(config, roster, self.guard, entry=self.entry)
        self.withdrawn = Withdrawn(store)
        self._heeded = self.withdrawn.known  # as the feeds were chosen last
        self._counted_gone = datetime.min.replace(tzinfo=UTC)  # for tombstones
        self.archive: Archive | None = None
        if config.feeds.archive:
            self.archive = Archive(config, store, reader=self.reader.fingerprint)
        self._chosen: Selected | None = None  # as the last look left it
        self._just_chosen = False  # by a look that this publication belongs to
        self._chosen_at = clock()
        with store.read() as connection:
            switches = load_switches(connection)
            known = rows.load_posts(connection)
            self.shelf.texts = load_texts(connection)
        self.first_run = BASELINE not in {switch.name for switch in switches}
        self.shelf.load(known, reader=self.reader.fingerprint)

    def scan(self, give_way: Callable[[], None] = lambda: None) -> Changes:
        """
        Look at the whole folder and give what changed since the last look.

        Any thread may ask.

        Args:
            give_way: Called every few files.

        Raises:
            SetupError: The folder cannot be read; nothing counts as gone.
        """
        root, folders = self.config.posts_dir, self.config.posts_folders
        return self.compare(scan(root, folders, give_way=give_way), give_way)

    def compare(
        self, there: Mapping[str, Stat], give_way: Callable[[], None] = lambda: None
    ) -> Changes:
        """Give what changed in the folder, as ``scan`` found it, since the last look."""
        files, here = dict(self.shelf.files), set(self.shelf.here)
        found = changes(files, there, give_way=give_way)
        return dict.fromkeys(here - there.keys()) | found

    def look(
        self, changed: Changes, *, alerting: bool = True, ahead: bool = False
    ) -> Look:
        """
        Take in files that changed.

        Args:
            changed: Files at rest.
            alerting: Whether rules are asked. Otherwise new posts wait for a look
                that asks them.
            ahead: Whether ``publish`` comes next. The feed of the site is then written
                aside while the transaction is made.

        Raises:
            StoreError: Nothing of it was taken in.
        """
        with collector_at_rest(len(changed)):
            plan = self._plan(changed, alerting=alerting)
            self.shelf.note_ends(f.filed for f in plan.filings if f.filed)
            selected = self._selected(plan.posts)
            for feed in self.press.changed(selected):
                self.entries.of(feed.posts)
            if ahead:
                self.press.lay_out(selected, self.entries.of)
            try:
                with self.store.begin() as connection:
                    alerts = self._commit(connection, plan)
            except BaseException:
                self.press.discard()
                raise
            self._keep(plan)
        self._chosen, self._heeded = selected, self.withdrawn.known
        self._just_chosen = ahead
        self.entries.forget_but(selected.posts)
        look = report(plan, alerts)
        return replace(look, problems=self._counted(look.problems))

    def look_ahead(self, path: str, stat: Stat) -> None:
        """
        Read and render a file that does not lie still yet. Files nothing.

        If it stays as it is, ``look`` finds that done and its feeds half written.
        """
        seen = self.reader.look_ahead(path, stat)
        plan = self._planned({path: stat}, [seen], alerting=False)
        for filing in plan.filings:
            if filing.filed and (entry := self.entries.make_ahead(filing.filed)):
                self.press.write_ahead(entry)

    def publish(self, pause: Callable[[], None] = lambda: None) -> list[str]:
        """
        Write the feeds whose bytes have changed and give their names.

        Args:
            pause: Called once the feeds are out, before what leads to them is written.

        Raises:
            SetupError: The disk refused; the last good feeds stand.
        """
        if self._chosen is None or (not self._just_chosen and self.is_due()):
            self._chosen = self._selected(self.shelf.posts)
            self._heeded = self.withdrawn.known
        self._just_chosen = False
        now = self.clock()
        if self.config.feeds.tombstones:
            self.press.stones = list(self.withdrawn.stones(self.shelf, now))
            self._counted_gone = now
        if not self.archive:
            return self.press.publish(self._chosen, self.entries.of, pause=pause)
        self.press.pages = self.archive.close(
            self._standing(self.shelf.posts, now),
            subscribed=self._chosen.site.posts,
            now=now,
        )
        names = self.press.publish(self._chosen, self.entries.of, pause=pause)
        return names + self.archive.publish(self.entries, self.press.gate)

    def next_due(self, *, alerting: bool = True) -> datetime | None:
        """
        Say when the clock alone changes something: a post comes up, or is old news.

        Args:
            alerting: Whether rules are asked. Otherwise a post that waits for them, and
                whose time has come, waits on.
        """
        ends = self.shelf.next_end(self._chosen_at)
        waiting = self.shelf.next_due(after=None if alerting else self._chosen_at)
        moments = [waiting, self.selector.until, ends]
        if self.config.feeds.tombstones:
            moments.append(next_gone(self.shelf, self._counted_gone))
        return min(filter(None, moments), default=None)

    def is_due(self) -> bool:
        """Tell whether that time has come, or somebody took a post back."""
        self.withdrawn.look()
        if self.withdrawn.known is not self._heeded:
            return True
        due = self.next_due()
        return due is not None and due <= self.clock()

    def peek(self, path: str) -> FiledPost | None:
        """
        Give a post as it stands on disk, as it would be filed. Remembers nothing.

        Args:
            path: Below the posts folder; the file is there.

        Raises:
            PostError: It cannot be read.
        """
        plan = self._plan({path: stat_of(self.config.posts_dir, path)}, alerting=False)
        if any(each.is_broken for each in plan.seen):
            raise PostError(*(p for each in plan.seen for p in each.problems))
        return plan.posts.get(path)

    def admit(self, path: str) -> None:
        """
        File a post ahead of the next look, so that its identity is settled.

        On a first run that look takes in the whole folder: one post alone must not
        become the baseline.
        """
        one = {path: stat_of(self.config.posts_dir, path)}
        self.look(self.scan() if self.first_run else one, alerting=False)

    def problems(self) -> tuple[Problem, ...]:
        """List what is wrong with the files as they stand."""
        return self._counted(self.shelf.all_problems()) + self.shut_out()

    def shut_out(self) -> tuple[Problem, ...]:
        """List the feeds that were not replaced because the gate found a fault."""
        return tuple(each for _, each in sorted(self.press.gate.problems.items()))

    def entry(self, filed: FiledPost) -> Entry | None:
        """Render one post; ``None``: its file cannot be read any more."""
        return next(iter(self.entries.of([filed])), None)

    def hang(self, found: Mapping[str, Measure]) -> bool:
        """
        Take in what pictures measure, by address.

        Returns:
            Whether feeds are to be written: ``publish`` writes them, ``look`` saves it.
        """
        changed = self.entries.hang(found)
        if changed:
            self.press.again(changed)
        return bool(changed)

    def _plan(self, changed: Changes, *, alerting: bool) -> Plan:
        if alerting:
            files, due = self.shelf.files, self.shelf.due(self.clock())
            changed = {p: files[p] for p in due if p in files} | dict(changed)
        seen = [self.reader.look(path, stat) for path, stat in changed.items() if stat]
        return self._planned(changed, seen, alerting=alerting)

    def _planned(
        self, changed: Changes, seen: Sequence[Seen], *, alerting: bool
    ) -> Plan:
        changed = dict(changed) | dict.fromkeys(self._left(seen, changed))
        clerk = Clerk(
            config=self.config,
            reader=self.reader.fingerprint,
            now=self.clock(),
            first_run=self.first_run,
            alerting=alerting,
        )
        return make_plan(changed, seen, shelf=self.shelf, clerk=clerk)

    def _left(self, seen: Iterable[Seen], changed: Changes) -> list[str]:
        """
        Give the paths that new posts may have come from and that are gone by now.

        The two events of one rename may come in any order, and apart.
        """
        here = self.shelf.here
        new = [each.post for each in seen if each.post and each.path not in here]
        if not new or not here:
            return []
        looks = self.shelf.alike(new)
        root = self.config.posts_dir
        return [p for p in looks if p not in changed and stat_of(root, p) is None]

    def _counted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Say what follows from each problem, as the feed and the shelf stand now."""
        if self._chosen is None:
            return tuple(problems)
        return counted(
            problems,
            feed=self._chosen.site.posts,
            standing=self.shelf.posts,
            folder=self.config.shown("").rstrip("/"),
        )

    def _selected(self, posts: Mapping[str, FiledPost]) -> Selected:
        now = self._chosen_at = self.clock()
        return self.selector.select(self._standing(posts, now), now=now)

    def _standing(
        self, posts: Mapping[str, FiledPost], now: datetime
    ) -> Iterable[FiledPost]:
        """Leave out the posts whose end has come, and those that were taken back."""
        ended = {path for path in self.shelf.ending if _has_ended(posts.get(path), now)}
        standing = (post for path, post in posts.items() if path not in ended)
        return self.withdrawn.standing(standing if ended else posts.values())

    def _commit(self, connection: Connection, plan: Plan) -> list[Alerted]:
        """Write all of a look down, in one transaction."""
        asking = unheard(connection, plan) if plan.clerk.alerting else []
        rows.save_posts(connection, plan.rows)
        save_texts(connection, plan.texts)
        alerts = self.alarm.sound(connection, asking, plan)
        save_entries(connection, self.entries.fresh)
        if plan.clerk.first_run:
            flip(connection, _baseline(plan))
        return alerts

    def _link_of(self, name: str) -> str | None:
        return self.shelf.link_of(name) or link_by_name(name, config=self.config)

    def _shelved(self, identities: Collection[str]) -> Mapping[str, str]:
        # Row and entry are written together: a new post has neither.
        if self.shelf.rows.keys().isdisjoint(identities):
            return {}
        with self.store.read() as connection:
            return load_entries(connection, identities)

    def _measured(self) -> Mapping[str, Measure]:
        with self.store.read() as connection:
            return measured_pictures(connection)

    def _keep(self, plan: Plan) -> None:
        """Remember what the transaction has made so."""
        self.guard.note(plan)
        self.first_run = False
        self.entries.fresh.clear()
        self.shelf.take(plan.changed, {each.path: each.problems for each in plan.seen})
        for row in plan.rows:
            self.shelf.keep(row)
        self.shelf.keep_texts(plan.texts)
        self.shelf.posts = dict(plan.posts)


def _baseline(plan: Plan) -> Switch:
    return Switch(
        name=BASELINE,
        is_on=True,
        changed_at=plan.clerk.now,
        who="newsroom",
        reason=f"first run: {len(plan.filings)} known",
    )


def _has_ended(filed: FiledPost | None, now: datetime) -> bool:
    """Tell whether a post's time in the feeds is over."""
    return bool(filed and filed.post.expires and filed.post.expires <= now)
