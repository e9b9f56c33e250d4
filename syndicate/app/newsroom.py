"""
One look at the posts folder, and everything that follows from it.

    changed files -> read -> filed -> one transaction (posts, alerts, deliveries)
                                        -> lanes wake; feeds are written

Nothing in memory moves before the transaction has: if the disk is full, the next look
starts where this one started.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from syndicate.app.collector import collector_at_rest
from syndicate.app.effects import counted
from syndicate.app.filing import Clerk
from syndicate.app.folder import Folder
from syndicate.app.newsstand import Clock, Newsstand
from syndicate.app.planning import Changes, Plan, make_plan
from syndicate.app.reading import Reader, Seen
from syndicate.app.report import Alerted, Look, report
from syndicate.app.shelf import Shelf
from syndicate.config import Config
from syndicate.errors import PostError, Problem, SetupError
from syndicate.model import Entry, FiledPost
from syndicate.store.records import Pen, Records
from syndicate.store.rows import Switch

if TYPE_CHECKING:
    from syndicate.app.alarm import Alarm
    from syndicate.app.guarding import Guard
    from syndicate.app.telling import Roster

BASELINE = "baseline"


class Newsroom:
    """Knows every post. One thread owns it."""

    def __init__(
        self,
        config: Config,
        *,
        records: Records,
        clock: Clock,
        roster: "Callable[[], Roster] | None" = None,
    ) -> None:
        """
        Learn what the store remembers.

        Args:
            config: Says where the posts are, and who is told of them.
            records: Keep them.
            clock: Gives the time, UTC.
            roster: Opens the channels, for the first look that asks rules; ``None``: no
                look will.
        """
        self.config = config
        self.records = records
        self._roster = roster
        self.clock = clock
        self.reader = Reader(config)
        self.shelf = Shelf()
        self.folder = Folder(config, self.shelf)
        self.stand = Newsstand(
            config,
            records=records,
            shelf=self.shelf,
            reader=self.reader.fingerprint,
            clock=clock,
        )
        with records.remembered() as known:
            self.shelf.texts = known.texts
            self.shelf.load(known.posts, reader=self.reader.fingerprint)
            self.first_run = BASELINE not in known.switches

    @cached_property
    def guard(self) -> "Guard":
        """Who holds alerts that look like an accident."""
        # A tenth of a second that a build, which asks no rule, does not owe.
        from syndicate.app.guarding import Guard  # noqa: PLC0415

        return Guard(self.config)

    @cached_property
    def alarm(self) -> "Alarm":
        """Who puts alerts into the outbox."""
        from syndicate.app.alarm import Alarm  # noqa: PLC0415 - likewise

        assert self._roster, "no rule was to be asked"
        return Alarm(self.config, self._roster(), self.guard, entry=self.entry)

    def look(
        self,
        changed: Changes,
        *,
        alerting: bool = True,
        ahead: bool = False,
        last: bool = False,
    ) -> Look:
        """
        Take in files that changed.

        Args:
            changed: Files at rest.
            alerting: Whether rules are asked. Otherwise new posts wait for a look
                that asks them.
            ahead: Whether ``publish`` comes next. The feed of the site is then written
                aside while the transaction is made.
            last: Whether this newsroom will look no more.

        Raises:
            StoreError: Nothing of it was taken in.
        """
        with collector_at_rest(len(changed)):
            plan = self._plan(changed, alerting=alerting)
            trouble = self._unlisted(plan)
            if trouble:
                plan = self._plan(changed, alerting=False)
            self.shelf.note_ends(f.filed for f in plan.filings if f.filed)
            selected = self.stand.choose(plan.posts)
            self.stand.prepare(selected, ahead=ahead)
            try:
                with self.records.writing() as pen:
                    alerts = self._commit(pen, plan)
            except BaseException:
                self.stand.discard()
                raise
            self._keep(plan, last=last)
        self.stand.fill(selected, ahead=ahead)
        look = report(plan, alerts)
        return replace(look, problems=self._counted(look.problems), trouble=trouble)

    def peek(self, path: str) -> FiledPost | None:
        """
        Give a post as it stands on disk, as it would be filed. Remembers nothing.

        Args:
            path: Below the posts folder; the file is there.

        Raises:
            PostError: It cannot be read.
        """
        plan = self._plan({path: self.folder.stat(path)}, alerting=False)
        if any(each.is_broken for each in plan.faulty):
            raise PostError(*(p for each in plan.faulty for p in each.problems))
        return plan.posts.get(path)

    def admit(self, path: str) -> None:
        """
        File a post ahead of the next look, so that its identity is settled.

        On a first run that look takes in the whole folder: one post alone must not
        become the baseline.
        """
        one = {path: self.folder.stat(path)}
        self.look(self.folder.scan() if self.first_run else one, alerting=False)

    def problems(self) -> tuple[Problem, ...]:
        """List what is wrong with the files as they stand."""
        return self._counted(self.shelf.all_problems()) + self.stand.shut_out()

    def entry(self, filed: FiledPost) -> Entry | None:
        """Render one post; ``None``: its file cannot be read any more."""
        return next(iter(self.stand.entries.of([filed])), None)

    def _plan(self, changed: Changes, *, alerting: bool) -> Plan:
        if alerting:
            files, due = self.shelf.files, self.shelf.due(self.clock())
            changed = {p: files[p] for p in due if p in files} | dict(changed)
        seen = (self.reader.look(path, stat) for path, stat in changed.items() if stat)
        return self.planned(changed, seen, alerting=alerting)

    def planned(
        self, changed: Changes, seen: Iterable[Seen], *, alerting: bool
    ) -> Plan:
        """Work out what a look at these files would do. Changes nothing."""
        if self.shelf.here:  # otherwise each is filed as it is read
            seen = list(seen)
            if left := self.folder.left(seen, changed):
                changed = dict(changed) | dict.fromkeys(left)
        clerk = Clerk(
            config=self.config,
            reader=self.reader.fingerprint,
            now=self.clock(),
            first_run=self.first_run,
            alerting=alerting,
        )
        return make_plan(changed, seen, shelf=self.shelf, clerk=clerk)

    def _unlisted(self, plan: Plan) -> SetupError | None:
        """Say why nobody knows who is to be told; before anything is locked."""
        if plan.clerk.alerting and plan.asking:
            try:
                self.alarm.roster.await_lists()
            except SetupError as trouble:
                return trouble
        return None

    def _counted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Say what follows from each problem, as the feed and the shelf stand now."""
        if self.stand.chosen is None:
            return tuple(problems)
        return counted(
            problems,
            feed=self.stand.chosen.site.posts,
            standing=self.shelf.posts,
            folder=self.config.shown("").rstrip("/"),
        )

    def _commit(self, pen: Pen, plan: Plan) -> list[Alerted]:
        """Write all of a look down, in one transaction."""
        alarm = self.alarm if plan.clerk.alerting else None
        asking = alarm.unheard(pen.connection, plan) if alarm else []
        pen.save_posts(plan.rows)
        pen.save_texts(plan.texts)
        alerts = alarm.sound(pen.connection, asking, plan) if alarm else []
        pen.save_entries(self.stand.entries.fresh)
        if plan.clerk.first_run:
            pen.flip(_baseline(plan))
        return alerts

    def _keep(self, plan: Plan, *, last: bool) -> None:
        """Remember what the transaction has made so."""
        if not plan.clerk.first_run:  # the baseline is no crowd
            self.guard.note(plan)
        self.first_run = False
        self.stand.entries.fresh.clear()
        problems = {each.path: each.problems for each in plan.faulty}
        self.shelf.take(plan.changed, problems)
        # Of a baseline nothing is gone and nothing waits: only another look asks for rows.
        if not (last and plan.clerk.first_run):
            for row in plan.rows:
                self.shelf.keep(row)
        self.shelf.keep_texts(plan.texts)
        self.shelf.posts = plan.posts


def _baseline(plan: Plan) -> Switch:
    return Switch(
        name=BASELINE,
        is_on=True,
        changed_at=plan.clerk.now,
        who="newsroom",
        reason=f"first run: {len(plan.filings)} known",
    )
