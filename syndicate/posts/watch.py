"""
Which files of the posts folder have come to rest.

Events are hints: a burst overflows inotify, a network mount sends none. So the folder
is also looked at whole every few seconds, and a file counts as saved only when it has
lain still, because an editor may be in the middle of writing it.
"""

import errno
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Self, TypeVar

from syndicate.errors import SetupError
from syndicate.words import Said

SUFFIXES = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm")
HIDDEN = re.compile(r"(?:^|/)(?!_posts/)[._][^/]*/")
"""A folder that Jekyll looks into for no post: ``_drafts``, ``.git``."""

NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}
"""What the system says of a file that has gone, and of a link that leads to none."""

OLD = timedelta(seconds=2)
"""A file last written this long ago is at rest, whenever we first saw it."""

STEP = 64
"""Files looked at in one go: half a millisecond."""

PACKED = struct.Struct("=3qQ")
"""Size, last written, last written or moved, inode."""

SPELT = "%d:%d:%d:%d"

T = TypeVar("T")


class Stat(bytes):
    """
    What tells that a file has changed without reading it.

    Packed: a hundred thousand of them, each four numbers by themselves, weighed 22 MB.
    """

    __slots__ = ()

    @classmethod
    def of(cls, *numbers: int) -> Self:
        """
        Pack what the system says of a file.

        Args:
            numbers: Its size (bytes), when it was last written, when it was last written,
                renamed or moved here (nanoseconds), and its inode.

        Raises:
            struct.error: They are not four, or no file has such.
        """
        return cls(PACKED.pack(*numbers))

    def __str__(self) -> str:
        return SPELT % PACKED.unpack(self)

    @property
    def written(self) -> float:
        """When the file was last written, renamed or moved here, in seconds."""
        _, mtime_ns, ctime_ns, _ = PACKED.unpack(self)
        return float(max(mtime_ns, ctime_ns) / 1_000_000_000)

    @property
    def mtime_ns(self) -> int:
        """When the file was last written, as it says itself."""
        return int(PACKED.unpack(self)[1])

    @property
    def arrived(self) -> datetime:
        """When the file was last written, renamed or moved here (UTC)."""
        return datetime.fromtimestamp(PACKED.unpack(self)[2] / 1_000_000_000, UTC)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` gave. Anything else is the stat of no file."""
        numbers = text.split(":")
        if all(map(str.isdecimal, numbers)):
            with suppress(struct.error):
                return cls.of(*map(int, numbers))
        return cls.of(-1, 0, 0, 0)


def scan(
    root: Path,
    folders: Sequence[str] = ("",),
    *,
    give_way: Callable[[], None] = lambda: None,
) -> dict[str, Stat]:
    """
    Look at the whole folder.

    Args:
        root: The folder.
        folders: What is looked at below it; ``""`` is all.
        give_way: Called every few files: ten thousand keep a thread busy for longer
            than others may want to wait.

    Returns:
        Path below ``root`` (with ``/``) to stat, for every post file, sorted.

    Raises:
        SetupError: The folder cannot be read.
    """
    try:
        walks = (_walk(str(root), folder) for folder in folders)
        return dict(sorted(in_steps(chain.from_iterable(walks), give_way)))
    except OSError as error:
        raise SetupError(
            "cannot read {path}: {reason}; "
            "make the folder, or set posts.dir in config.toml",
            path=error.filename or root,
            reason=Said(error.strerror or str(error)),
        ) from error


def in_steps(things: Iterable[T], give_way: Callable[[], None]) -> Iterator[T]:
    """Go through things; after every few of them others may have their turn."""
    rest = iter(things)
    while step := list(islice(rest, STEP)):
        yield from step
        give_way()


def is_within(path: str, folders: Sequence[str]) -> bool:
    """Whether a path below the root is of a file that ``scan`` would find there."""
    for folder in folders:
        rest = path.removeprefix(f"{folder}/" if folder else "")
        if folder and rest == path:
            continue
        if is_post(rest.rpartition("/")[2]) and not HIDDEN.search(rest):
            return True
    return False


def is_post(name: str) -> bool:
    """Whether a file name is one of a post. Editors' and Jekyll's leavings are not."""
    return not name.startswith((".", "_", "#", "~")) and name.lower().endswith(SUFFIXES)


def stat_of(root: Path, path: str) -> Stat | None:
    """Look at one file. ``None``: it is not there."""
    try:
        found = (root / path).stat()
    except (OSError, ValueError):
        return None
    return _stat(found)


def _walk(root: str, top: str) -> Iterator[tuple[str, Stat]]:
    waiting = [top]  # not a call for each: folders may be nested a thousand deep
    while waiting:
        below = waiting.pop()
        prefix = f"{below}/" if below else ""
        try:
            entries = os.scandir(f"{root}/{below}")
        except OSError as error:
            if below == top:
                raise
            _pass_if_gone(error)
            continue
        with entries:
            for entry in entries:
                try:
                    if is_post(entry.name) and not entry.is_dir(follow_symlinks=False):
                        yield prefix + entry.name, _stat(entry.stat())
                    elif _is_open(entry.name) and entry.is_dir(follow_symlinks=False):
                        waiting.append(prefix + entry.name)
                except OSError as error:  # ``suppress`` takes half as long as the rest
                    _pass_if_gone(error)


def _pass_if_gone(error: OSError) -> None:
    """
    Pass over what has gone since it was listed, and a link to nowhere.

    A folder that is there but closed to us is no such thing: its posts have not been
    deleted.
    """
    if error.errno not in NOWHERE:
        raise error


def _is_open(name: str) -> bool:
    return name[0] not in "._" or name == "_posts"


def _stat(found: os.stat_result) -> Stat:
    # Not ``of``: that would take twice as long.
    return Stat(
        PACKED.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    )


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


def changes(
    before: Mapping[str, Stat],
    after: Mapping[str, Stat],
    *,
    give_way: Callable[[], None] = lambda: None,
) -> dict[str, Stat | None]:
    """Compare two looks at the folder. ``None``: the file is gone."""
    found: dict[str, Stat | None] = {
        path: stat
        for path, stat in in_steps(after.items(), give_way)
        if before.get(path) != stat
    }
    found |= dict.fromkeys(before.keys() - after.keys())
    return found
