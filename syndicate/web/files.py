"""
Files in memory, as they are served. What is on the disk decides, at every request.

A look is one ``lstat``. Where a file was replaced, by whichever process, it is read and
compressed anew, once for each version of it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from syndicate.web import disk
from syndicate.web.deltas import entries_of
from syndicate.web.file import File
from syndicate.web.forms import forms, tags
from syndicate.web.media import is_feed, is_text

ROOM = 64 * 1024 * 1024
"""Bytes kept in memory, all forms together. What was asked for longest ago goes."""


class Files:
    """The files of one folder that may be shown. One event loop uses it."""

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        self._folder = folder
        self._room = room
        self._kept: OrderedDict[str, File] = OrderedDict()
        self._reading = asyncio.Lock()

    def known(self, path: str) -> File | None:
        """
        Give a file that is in memory, if its present version is.

        Args:
            path: As for ``find``; one that is not in its plain form is not known.
        """
        file = self._kept.get(path)
        if file and file.version == disk.version_of(file.place):
            self._kept.move_to_end(path)
            return file
        return None

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
        if not (parts := disk.parts_of(path)):
            return None
        name = "/".join(parts)
        if known := self.known(name):
            return known
        async with self._reading:
            if known := self.known(name):
                return known
            if file := await asyncio.to_thread(_load, self._folder, parts):
                self._keep(file)
            return file

    def _keep(self, file: File) -> None:
        self._kept[file.name] = file
        self._kept.move_to_end(file.name)
        while sum(each.size for each in self._kept.values()) > self._room:
            self._kept.popitem(last=False)


def _load(folder: Path, parts: Sequence[str]) -> File | None:
    reading = disk.read(folder, parts)
    if reading is None:
        return None
    name = "/".join(parts)
    feed = is_feed(name)
    bodies = forms(reading.content, is_text=is_text(name))
    return File(
        name=name,
        place=str(folder.joinpath(*parts)),
        version=reading.version,
        modified=reading.modified,
        bodies=bodies,
        tags=tags(bodies),
        is_feed=feed,
        entries=entries_of(reading.content) if feed else frozenset(),
    )
