"""When a file has come to rest: an editor may be in the middle of writing it."""

from datetime import datetime, timedelta

from syndicate.posts.stat import Stat

OLD = timedelta(seconds=2)
"""A file last written this long ago is at rest, whenever we first saw it."""


class Settling:
    """
    Files that were seen to change and may still be changing.

    Times are passed in: ``now`` is monotonic seconds, ``wall`` the time of day that
    file times are compared with. A file lies still from when it was last touched, as
    far as its own clock can be believed, so that an event that came late costs nothing.
    """

    def __init__(self, quiet: timedelta) -> None:
        self.quiet = quiet.total_seconds()
        self._seen: dict[str, tuple[Stat | None, float]] = {}

    def see(self, path: str, stat: Stat | None, *, now: float, wall: datetime) -> None:
        """Note how a file looks. ``None``: it is gone."""
        before = self._seen.get(path)
        if before is None or before[0] != stat:
            self._seen[path] = (stat, now - self._lain(stat, wall))

    def _lain(self, stat: Stat | None, wall: datetime) -> float:
        """Seconds a file has lain still at first sight, at most half of what is asked."""
        if stat is None:
            return 0
        return min(max(0, wall.timestamp() - stat.written), self.quiet / 2)

    def watched(self) -> list[str]:
        """List the paths that have not come to rest."""
        return list(self._seen)

    def coming(self) -> dict[str, Stat | None]:
        """Give the files that have not come to rest, as they looked last."""
        return {path: stat for path, (stat, _) in self._seen.items()}

    def wait(self, now: float) -> float | None:
        """Seconds until the next file may be at rest; ``None`` when there is none."""
        if not self._seen:
            return None
        return max(
            0.0, min(since for _, since in self._seen.values()) + self.quiet - now
        )

    def at_rest(self, now: float, wall: datetime) -> dict[str, Stat | None]:
        """Give, and forget, the files that lie still."""
        old_ns = int((wall - OLD).timestamp() * 1_000_000_000)
        ready = {
            path: stat
            for path, (stat, since) in self._seen.items()
            if now - since >= self.quiet
            or (stat is not None and stat.mtime_ns < old_ns)
        }
        for path in ready:
            del self._seen[path]
        return ready
