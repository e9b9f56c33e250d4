"""
Looking at the folder of posts, whole.

Events are hints: a burst overflows inotify, a network mount sends none. So the folder
is also looked at every few seconds. What has changed (``changes.py``) counts as saved
once it lies still: see ``settling.py``.
"""

import errno
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from stat import S_ISDIR
from typing import TypeVar

from syndicate.errors import SetupError
from syndicate.posts.stat import PACKED, Stat
from syndicate.words import Said

SUFFIXES = tuple(
    f".{ending}" for ending in "md markdown mkdown mkdn mkd mdown mdx html htm".split()
)
HIDDEN = re.compile(r"(?:^|/)(?!_posts/)[._][^/]*/")
"""A folder that Jekyll looks into for no post: ``_drafts``, ``.git``."""

NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}
"""What the system says of a file that has gone, and of a link that leads to none."""

WANTING = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What the system says of any file when it has no more to give."""

SHUT = Stat.of(0, 0, 0, 0)
"""Of a file or folder that may be there and cannot be looked at."""

MOST_LISTED = 1000
"""Files behind a link that are looked at for a post."""

LAST_NS = (1 << 63) - 1
"""The last nanosecond that a ``Stat`` holds, and by its sign the first."""

STEP = 64
"""Files looked at in one go: half a millisecond."""

T = TypeVar("T")


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
        Path below ``root`` (with ``/``) to stat, sorted, for every post file; also for a
        link to a folder of them and for a folder that is closed to us, which
        ``read_file`` refuses.

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
    """Look at one file. ``None``: it is not there, or ``scan`` would look into it."""
    file = root / path
    try:
        found = file.stat()
    except OSError as error:
        return None if error.errno in NOWHERE else SHUT
    except ValueError:
        return None
    if S_ISDIR(found.st_mode) and not file.is_symlink() and _opens(file):
        return None
    return _stat(found)


def _opens(folder: Path) -> bool:
    try:
        os.scandir(folder).close()
    except OSError:
        return False
    return True


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
            yield from _shut(root, below, error)
            continue
        with entries:
            for entry in entries:
                try:
                    if is_post(entry.name) and not entry.is_dir(follow_symlinks=False):
                        yield prefix + entry.name, _stat(entry.stat())
                    elif not _is_open(entry.name):
                        continue
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(prefix + entry.name)
                    elif entry.is_symlink() and _has_posts(entry):
                        # It is not followed. Read as a post it is a problem, with a hint.
                        yield prefix + entry.name, _stat(entry.stat())
                except OSError as error:  # ``suppress`` takes half as long as the rest
                    yield from _shut(root, prefix + entry.name, error)


def _has_posts(link: os.DirEntry[str]) -> bool:
    """Whether a link leads to a folder of posts; one of pictures is nothing to tell of."""
    try:
        with os.scandir(link.path) as entries:
            return any(is_post(entry.name) for entry in islice(entries, MOST_LISTED))
    except OSError:
        return False


def _shut(root: str, path: str, error: OSError) -> Iterator[tuple[str, Stat]]:
    """
    Pass over what has gone since it was listed, and a link to nowhere.

    What is there but closed to us is no such thing: it is a problem of its own, and the
    posts in it have not been deleted.
    """
    if error.errno in WANTING:
        raise error
    if error.errno not in NOWHERE and (stat := stat_of(Path(root), path)):
        yield path, stat


def _is_open(name: str) -> bool:
    # A disk that is mounted as the folder of posts brings ``lost+found``, for root alone.
    return (name[0] not in "._" or name == "_posts") and name != "lost+found"


def _stat(found: os.stat_result) -> Stat:
    size, inode = found.st_size, found.st_ino
    # Not ``of``: that would take twice as long.
    try:
        return Stat(PACKED.pack(size, found.st_mtime_ns, found.st_ctime_ns, inode))
    except struct.error:  # written after the year 2262, as the file says
        times = found.st_mtime_ns, found.st_ctime_ns
        return Stat.of(
            size, *(max(-LAST_NS, min(each, LAST_NS)) for each in times), inode
        )
