"""
A file of a folder, opened so that nothing else can be reached through it.

No link is followed below the folder, no writer is waited for, and nothing hidden is
shown.
"""

import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

INTO = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
ONTO = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}

Version = tuple[int, ...]
"""Of a file: another one when it was replaced or written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file said at one moment."""

    version: Version
    modified: float  # seconds since 1970
    content: bytes


def parts_of(path: str) -> Sequence[str]:
    """Take a path apart; nothing is left of one that is hidden or leads elsewhere."""
    whole = normalize("NFC", f"{path}index.html" if path[-1:] in ("", "/") else path)
    parts = whole.split("/")
    fit = all(part and not part.startswith(".") for part in parts)
    return parts if fit and "\0" not in whole else ()


def version_of(path: str) -> Version | None:
    """Look which version of a file is there: one ``lstat``."""
    try:
        return _stamp(os.lstat(path))
    except OSError:
        return None


def read(folder: Path, parts: Sequence[str]) -> Reading | None:
    """
    Read a file below a folder.

    Returns:
        ``None`` where nothing may be shown: no file, a folder, a link.

    Raises:
        OSError: It is there and cannot be read.
    """
    try:
        handle = _open(folder, parts)
    except UnicodeEncodeError:
        return None
    except OSError as error:
        if error.errno in ABSENT:
            return None
        raise
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read()
    finally:
        os.close(handle)
    return Reading(version=_stamp(about), modified=about.st_mtime, content=content)


def emptied(folder: Path, path: str) -> float | None:
    """
    Say since when a folder has been without a file that is not there.

    An empty hidden file of the same name tells, or else the time of the folder; not
    that of the folder of feeds, which changes at every build.

    Returns:
        Seconds since 1970; ``None`` where nothing tells of a file that was.
    """
    parts = parts_of(path)
    if not parts:
        return None
    above = folder.joinpath(*parts[:-1])
    try:
        marker = _about(above / f".{parts[-1]}")
        about = marker or os.lstat(above)
    except (OSError, UnicodeEncodeError):
        return None
    tells = marker or (parts[1:] and stat.S_ISDIR(about.st_mode))
    return about.st_mtime if tells else None


def _about(path: Path) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _stamp(about: os.stat_result) -> Version:
    return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)


def _open(folder: Path, parts: Sequence[str]) -> int:
    above = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for part in parts[:-1]:
        try:
            below = os.open(part, INTO, dir_fd=above)
        finally:
            os.close(above)
        above = below
    try:
        return os.open(parts[-1], ONTO, dir_fd=above)
    finally:
        os.close(above)
