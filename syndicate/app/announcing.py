"""
Tells hubs what has changed, once the files are out and never before.

    files out -> compare with what each hub was last told -> pings into the outbox

What was told is in the store, so nothing is lost if the process ends between the two:
the next one compares everything there is. The first time a hub is there, all that
stands counts as known.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from syndicate.app.telling import Roster
from syndicate.channels.base import Hears
from syndicate.config import Config
from syndicate.feeds.digests import Digests
from syndicate.model import FiledPost
from syndicate.outbox.pings import Change, Listener, compare, ping
from syndicate.store.announcements import load_announcements, save_announcements
from syndicate.store.engine import Store
from syndicate.store.rows import Switch
from syndicate.store.switches import flip, load_switches

KNOWN = "known"
"""``known:NAME`` is on once it was noted what stood when a hub came."""

Standing = Mapping[str, str]
"""Address to what tells one version from another."""


class Announcer:
    """Knows what each hub was last told. One thread owns it."""

    def __init__(
        self,
        config: Config,
        *,
        store: Store,
        roster: Roster,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._clock = clock
        self._listeners = [
            Listener(
                name=name,
                kind=roster.configs[name].kind,
                hub=hub,
                hears_of_gone=hub.hears is Hears.POSTS,
            )
            for name, hub in roster.hubs.items()
        ]
        self._hears = {each.hub.hears for each in self._listeners}
        self._digests = Digests(config.feeds_dir, config.feeds_url)
        self._told: dict[str, Standing] = {}  # by hub

    def announce(self, files: Iterable[str], posts: Iterable[FiledPost]) -> int:
        """
        Tell every hub what it has not heard of.

        Args:
            files: Names of the files that were just replaced or removed.
            posts: All there are.

        Returns:
            How many pings were filed.

        Raises:
            StoreError: Some hub was not told; the next call makes up for it.
        """
        if not self._listeners:
            return 0
        now = self._clock()
        standing: Mapping[Hears, Standing] = {
            Hears.FEEDS: self._feeds(files),
            Hears.POSTS: self._posts(posts, now),
        }
        return sum(
            self._tell(each, standing[each.hub.hears], now) for each in self._listeners
        )

    def look_again(self) -> None:
        """Compare all feeds the next time: a publication broke off."""
        self._digests.forget()

    def _tell(self, listener: Listener, standing: Standing, now: datetime) -> int:
        name = listener.name
        if self._told.get(name) == standing:
            return 0
        with self._store.begin() as connection:
            change = self._change(connection, name, standing)
            if change is None:
                _note(connection, listener, standing, now=now)
            filed = ping(connection, listener, change, now=now) if change else ()
        self._told[name] = standing
        return len(filed)

    def _change(
        self, connection: Connection, name: str, standing: Standing
    ) -> Change | None:
        """Give what a hub has not heard of; ``None`` for one that was never there."""
        told = self._told.get(name)
        if told is None:
            switches = {each.name for each in load_switches(connection)}
            if f"{KNOWN}:{name}" not in switches:
                return None
            told = load_announcements(connection, name)
        return compare(standing, told)

    def _feeds(self, files: Iterable[str]) -> Standing:
        return self._digests.look(files) if Hears.FEEDS in self._hears else {}

    def _posts(self, posts: Iterable[FiledPost], now: datetime) -> Standing:
        """Give the posts whose time has come."""
        if Hears.POSTS not in self._hears:
            return {}
        return {
            filed.post.link: filed.post.content_hash.hex()
            for filed in posts
            if filed.published <= now
        }


def _note(
    connection: Connection, listener: Listener, standing: Standing, *, now: datetime
) -> None:
    """Note what stands when a hub comes: nobody has asked it about that yet."""
    save_announcements(connection, listener.name, standing)
    switch = Switch(
        name=f"{KNOWN}:{listener.name}",
        is_on=True,
        changed_at=now,
        who="newsroom",
        reason=f"a new hub: {len(standing)} {listener.hub.hears} known",
    )
    flip(connection, switch)
