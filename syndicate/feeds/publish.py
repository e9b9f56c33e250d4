"""
Puts files where readers fetch them: whole, synced, and only when they changed.

    compare -> write and sync each aside -> rename each -> sync the folders

A reader, a crash or a power cut meets the old file or the new one, never a part. All
files are written aside before the first is renamed, so a full disk changes nothing.
"""

import fcntl
import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from secrets import token_hex

from syndicate.errors import SetupError
from syndicate.words import Said

log = logging.getLogger(__name__)

PREFIX = ".syndicate-"
"""How names of files written aside begin. What has a dot in front is never served."""

MANY = 64
"""Files synced one by one. Of more, the rest is synced at one stroke, with all disks."""

AT_ONCE = 4
"""Files synced at the same time: three formats of a feed, and one to spare."""

LEAD = 60
"""Seconds a file may be dated ahead of the clock, in a burst of changes."""


Files = Mapping[str, bytes] | Iterable[tuple[str, bytes]]
"""Name, relative to the folder of feeds and with "/", to content."""


Fault = Callable[[str, bytes], str | None]
"""Says why a file must not be published; ``None`` when it is sound."""


def publish(folder: Path, files: Files, *, fault: Fault | None = None) -> list[str]:
    """
    Write the files that differ from those on disk.

    Publishers of one folder, in any process, go one after the other. What a crash left
    behind is removed. Files that are not named are left alone.

    Args:
        folder: Made when missing.
        files: What to write. Pairs are taken one by one and not kept, so there may be
            more than memory holds.
        fault: Asked about each file that would be replaced. The old one stays where
            there is a fault, and the log names it.

    Returns:
        The names that changed, in the order given.

    Raises:
        SetupError: The disk refused; says the file and the reason. The last good files
            stay. (Where a rename is what failed, files before it are the new ones.)
        ValueError: A name leads out of the folder, or is hidden.
    """
    pairs = files.items() if isinstance(files, Mapping) else files
    with _blaming(folder):
        grown = _make(folder)
        with _alone(folder):
            _sweep(folder)
            return _replace(folder, pairs, grown, fault or _no_fault)


def _check(name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(p.startswith(".") for p in parts):
        raise ValueError(f"no name for a file in the folder of feeds: {name!r}")


def _replace(
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    grown: dict[Path, None],
    fault: Fault,
) -> list[str]:
    """Write what differs aside, then rename all of it; ``grown`` has folders to sync."""
    changed: dict[str, Path] = {}
    syncing: dict[Path, Future[None]] = {}
    with ExitStack() as asides:
        disk = asides.enter_context(ThreadPoolExecutor(AT_ONCE))
        for name, content in files:
            _check(name)
            target = folder / name
            with _blaming(target):
                before = _compare(target, content)
                if before is not None and _passes(name, content, fault):
                    aside = folder / f"{PREFIX}{token_hex(8)}"
                    asides.callback(aside.unlink, missing_ok=True)
                    _write(aside, content, after=before)
                    # While the next one is made: the disk takes several at one stroke.
                    if len(changed) < MANY:
                        syncing[target] = disk.submit(_sync_file, aside)
                    changed[name] = aside
        for target, done in syncing.items():
            with _blaming(target):
                done.result()
        _sync_the_rest(changed)
        for name, aside in changed.items():
            target = folder / name
            with _blaming(target):
                grown |= _make(target.parent) | {target.parent: None, folder: None}
                aside.replace(target)
    for each in list(grown)[:MANY]:
        _sync(each)
    _sync_the_rest(grown)
    return list(changed)


def _no_fault(_name: str, _content: bytes) -> str | None:
    return None


def _passes(name: str, content: bytes, fault: Fault) -> bool:
    if reason := fault(name, content):
        log.error("%s is not replaced, the last good one stands: %s", name, reason)
    return not reason


def _compare(target: Path, content: bytes) -> int | None:
    """
    Look whether a file has to be written.

    Returns:
        ``None`` when it says ``content`` already. Otherwise when it was last modified,
        in whole seconds since 1970; 0 where there is no file, or something else.
    """
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return 0  # what stands in the way is told when the rename fails
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return 0
        with os.fdopen(handle, "rb", closefd=False) as file:
            same = about.st_size == len(content) and file.read() == content
    finally:
        os.close(handle)
    return None if same else int(about.st_mtime)


def _sync_the_rest(names: Sized) -> None:
    if len(names) > MANY:
        os.sync()


def _write(aside: Path, content: bytes, *, after: int) -> None:
    """
    Write a new file.

    Its time of change is at least the second after ``after``: ``Last-Modified`` counts
    in seconds, and two versions of one second would look the same to a reader. A file
    dated further ahead, by a clock since put right, is not followed.
    """
    with aside.open("xb") as file:
        file.write(content)
        file.flush()
        handle = file.fileno()
        os.fchmod(handle, 0o644)  # the umask does not decide what readers may read
        if 0 < after + 1 - os.fstat(handle).st_mtime < LEAD:
            os.utime(handle, (after + 1, after + 1))


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _make(folder: Path) -> dict[Path, None]:
    """Make a folder and those above it; give the folders that gained a name."""
    if folder.is_dir():
        return {}
    grown = _make(folder.parent)
    folder.mkdir(exist_ok=True)
    return grown | {folder.parent: None}


def _sweep(folder: Path) -> None:
    """Remove what a crash left: nobody else writes here while we hold the lock."""
    with os.scandir(folder) as names:
        for name in names:
            if name.name.startswith(PREFIX):
                Path(name).unlink()


def _sync(folder: Path) -> None:
    with _blaming(folder):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other publisher is at work. The lock ends with its holder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Turn the disk's refusal into an error that names the file."""
    try:
        yield
    except OSError as error:
        reason = Said(error.strerror or str(error))
        raise SetupError(
            "cannot write {path}: {reason}", path=path, reason=reason
        ) from error
