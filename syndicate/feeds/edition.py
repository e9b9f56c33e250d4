"""
New files that are to be shown together.

    compare -> write aside -> read back, sync (on threads) -> rename each -> sync folders

Until they are shown readers have the old ones; an edition that is closed before leaves
no trace. Whoever has something else to do meanwhile does it between ``add`` and
``show``: the disk takes the files at the same time.
"""

import fcntl
import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any, Self

from syndicate.feeds.aside import (
    aside_in,
    blaming,
    compare,
    hold,
    let_go,
    make,
    sweep,
    sync,
    write,
)
from syndicate.feeds.disk import DISK

log = logging.getLogger(__name__)

MANY = 64
"""
Files synced one by one. Of more, the rest is synced at one stroke, with all disks.
As many old ones stay open until the new ones are shown.
"""

Fault = Callable[[str, bytes], str | None]
"""
Says why a file must not be shown; ``None`` when it is sound. Several threads ask at a
time, each about another file.
"""


class Edition:
    """Files of one folder. Opened, filled and shown by one thread; ends when closed."""

    def __init__(
        self, folder: Path, *, fault: Fault | None = None, patient: bool = True
    ) -> None:
        """
        Open an edition, once no other publisher of the folder is at work.

        What a crash left behind is removed.

        Args:
            folder: Made when missing.
            fault: Asked about each file that would be replaced. The old one stays where
                there is a fault, and the log names it.
            patient: Whether to wait for other publishers.

        Raises:
            SetupError: The disk refused, or another publisher is at work.
        """
        self._folder = folder
        self._fault = fault
        self._asides: dict[str, Path] = {}
        self._syncing: dict[str, Future[None]] = {}
        self._faults: dict[str, Future[str | None]] = {}
        self._end = ExitStack()
        with blaming(folder), ExitStack() as trouble:
            self._grown = make(folder)  # folders to sync
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            trouble.callback(os.close, handle)
            wait_or_not = 0 if patient else fcntl.LOCK_NB
            fcntl.flock(handle, fcntl.LOCK_EX | wait_or_not)  # it ends with its holder
            sweep(folder)
            self._end = trouble.pop_all()

    def add(self, name: str, content: bytes) -> None:
        """
        Write a file aside, if it differs from the one on the disk.

        Args:
            name: Relative to the folder, with "/".
            content: What it is to say.

        Raises:
            SetupError: The disk refused; says the file and the reason.
            ValueError: The name leads out of the folder, or is hidden.
        """
        _check(name)
        target = self._folder / name
        with blaming(target):
            before = compare(target, content)
            if before is None:
                return
            aside = aside_in(self._folder)
            self._end.callback(aside.unlink, missing_ok=True)
            write(aside, content, after=before)
        self._look_after(name, aside, content)

    def _look_after(self, name: str, aside: Path, content: bytes) -> None:
        """Have a file synced and read back, while the next one is made."""
        if len(self._asides) < MANY:
            self._syncing[name] = DISK.submit(sync, aside)
        self._asides[name] = aside
        if self._fault is None:
            return
        if len(self._faults) < MANY:
            self._faults[name] = DISK.submit(self._fault, name, content)
        elif reason := self._fault(name, content):
            self._leave_out(name, reason)

    def show(self) -> list[str]:
        """
        Put the files where readers fetch them, and have that outlast a power cut.

        Returns:
            The names that changed, in the order they were added.

        Raises:
            SetupError: The disk refused; the last good files stay. (Where a rename is
                what failed, files before it are the new ones.)
        """
        for name, judged in self._faults.items():
            if reason := judged.result():
                self._leave_out(name, reason)
        for name, synced in self._syncing.items():
            with blaming(self._folder / name):
                synced.result()
        if len(self._asides) > MANY:
            os.sync()
        self._rename()
        # Together: what the disk writes for one it need not write for the next.
        grown = [(each, DISK.submit(sync, each)) for each in list(self._grown)[:MANY]]
        for folder, synced in grown:
            with blaming(folder):
                synced.result()
        if len(self._grown) > MANY:
            os.sync()
        return list(self._asides)

    def _rename(self) -> None:
        """Give each file its name; the old ones are freed on another thread."""
        old: list[int] = []
        try:
            for name, aside in self._asides.items():
                target = self._folder / name
                with blaming(target):
                    self._grown |= make(target.parent)
                    self._grown |= {target.parent: None, self._folder: None}
                    if len(old) < MANY:
                        old += hold(target)
                    aside.replace(target)
        finally:
            DISK.submit(let_go, old)

    def _leave_out(self, name: str, reason: str) -> None:
        log.error("%s is not replaced, the last good one stands: %s", name, reason)
        del self._asides[name]

    def close(self) -> None:
        """Remove what was not shown, and let other publishers go on."""
        tasks: list[Future[Any]] = [*self._syncing.values(), *self._faults.values()]
        for task in tasks:
            task.cancel()
        wait(tasks)
        self._end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check(name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(p.startswith(".") for p in parts):
        raise ValueError(f"no name for a file in the folder of feeds: {name!r}")
