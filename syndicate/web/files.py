"""
Files in memory, as they are served. What is on the disk decides, at every request.

A look is one ``lstat``. Where a file was replaced, by whichever process, it is read and
compressed anew, once for each version of it.
"""

import asyncio
import errno
import gzip
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from syndicate.web.conditional import IDENTITY
from syndicate.web.media import is_text

ROOM = 64 * 1024 * 1024
"""Bytes kept in memory, all forms together. What was asked for longest ago goes."""


def _brotli(content: bytes) -> bytes:
    import brotli  # noqa: PLC0415 - commands that serve nothing do without

    # Quality 6 costs about what gzip does; 11 would cost fifty times as much.
    packed: bytes = brotli.compress(content, quality=6)
    return packed


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
    "br": _brotli,
}
"""What text is compressed with; of those a reader likes the same, the last wins."""

INTO = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
ONTO = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One version of a file."""

    name: str  # relative to the folder, with "/"
    version: Version
    modified: float  # seconds since 1970
    bodies: Mapping[str, bytes]  # coding to content; the best for a reader first
    tags: Mapping[str, str]  # coding to strong entity tag, in the same order

    @property
    def size(self) -> int:
        """Bytes it takes up."""
        return sum(len(body) for body in self.bodies.values())


class Files:
    """The files of one folder that may be shown. One event loop uses it."""

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        self._folder = folder
        self._room = room
        self._kept: OrderedDict[str, File] = OrderedDict()
        self._reading = asyncio.Lock()

    async def find(self, path: str) -> File | None:
        """
        Give a file in its present version.

        Args:
            path: Decoded, relative to the folder; one that ends in "/" or is empty
                means the ``index.html`` there.

        Returns:
            ``None`` where nothing may be shown: no file, a folder, a hidden file, a
            link, a way out of the folder.

        Raises:
            OSError: It is there and cannot be read.
        """
        if not (parts := _parts(path)):
            return None
        name = "/".join(parts)
        if known := self._known(name):
            return known
        async with self._reading:
            if known := self._known(name):
                return known
            if file := await asyncio.to_thread(_load, self._folder, parts):
                self._keep(file)
            return file

    def emptied(self, path: str) -> float | None:
        """
        Say since when a folder has been without a file that ``find`` did not find.

        Returns:
            Seconds since 1970; ``None`` where there is no such folder.
        """
        parts = _parts(path)
        if not parts[1:]:
            return None
        try:
            about = os.lstat(self._folder.joinpath(*parts[:-1]))
        except (OSError, UnicodeEncodeError):
            return None
        return about.st_mtime if stat.S_ISDIR(about.st_mode) else None

    def _known(self, name: str) -> File | None:
        file = self._kept.get(name)
        if file and file.version == _version(self._folder / name):
            self._kept.move_to_end(name)
            return file
        return None

    def _keep(self, file: File) -> None:
        self._kept[file.name] = file
        self._kept.move_to_end(file.name)
        while sum(each.size for each in self._kept.values()) > self._room:
            self._kept.popitem(last=False)


def _parts(path: str) -> Sequence[str]:
    """Take a path apart; nothing is left of one that is hidden or leads elsewhere."""
    whole = normalize("NFC", f"{path}index.html" if path[-1:] in ("", "/") else path)
    parts = whole.split("/")
    fit = all(part and not part.startswith(".") for part in parts)
    return parts if fit and "\0" not in whole else ()


def _version(path: Path) -> Version | None:
    try:
        return _stamp(os.lstat(path))
    except OSError:
        return None


def _stamp(about: os.stat_result) -> Version:
    return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)


def _load(folder: Path, parts: Sequence[str]) -> File | None:
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
            return _file("/".join(parts), about, file.read())
    finally:
        os.close(handle)


def _open(folder: Path, parts: Sequence[str]) -> int:
    """Open a file, following no link below the folder and waiting for no writer."""
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


def _file(name: str, about: os.stat_result, content: bytes) -> File:
    digest = sha256(content).hexdigest()[:32]
    bodies = {IDENTITY: content}
    tags = {IDENTITY: f'"{digest}"'}
    if is_text(name):
        for coding, compress in CODINGS.items():
            if len(packed := compress(content)) < len(content):
                bodies = {coding: packed} | bodies
                tags = {coding: f'"{digest}-{coding}"'} | tags
    return File(
        name=name,
        version=_stamp(about),
        modified=about.st_mtime,
        bodies=bodies,
        tags=tags,
    )
