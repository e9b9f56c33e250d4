"""One file on the disk: compared, written aside, synced. Refusals name the file."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from syndicate.errors import SetupError
from syndicate.words import Said

PREFIX = ".syndicate-"
"""How names of files written aside begin. What has a dot in front is never served."""

LEAD = 60
"""Seconds a file may be dated ahead of the clock, in a burst of changes."""


def aside_in(folder: Path) -> Path:
    """Give a name that nothing in a folder has yet."""
    return folder / f"{PREFIX}{token_hex(8)}"


def compare(target: Path, content: bytes) -> int | None:
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


def write(aside: Path, content: bytes, *, after: int) -> None:
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


def sync(path: Path) -> None:
    """Have what a file says, or the names a folder holds, outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hold(path: Path) -> Iterator[int]:
    """
    Open a file, so that it outlasts its name. Gives its descriptor, or none.

    The disk frees a file when nobody names it or has it open. Whoever renames another
    one over it waits for that: six milliseconds for three feeds, on ext4.
    """
    with suppress(OSError):
        yield os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)


def let_go(handles: Iterable[int]) -> None:
    """Close files; the disk may free them now."""
    for handle in handles:
        os.close(handle)


def make(folder: Path) -> dict[Path, None]:
    """Make a folder and those above it; give the folders that gained a name."""
    if folder.is_dir():
        return {}
    grown = make(folder.parent)
    folder.mkdir(exist_ok=True)
    return grown | {folder.parent: None}


def sweep(folder: Path) -> None:
    """Remove what a crash left: nobody else writes there while its lock is held."""
    with os.scandir(folder) as names:
        for name in names:
            if name.name.startswith(PREFIX):
                Path(name).unlink()


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turn the disk's refusal into an error that names the file."""
    try:
        yield
    except OSError as error:
        reason = Said(error.strerror or str(error))
        raise SetupError(
            "cannot write {path}: {reason}", path=path, reason=reason
        ) from error
