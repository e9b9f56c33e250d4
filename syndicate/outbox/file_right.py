"""The right to send, on SQLite: a lock on a file beside the database."""

import fcntl
from pathlib import Path
from typing import IO

from syndicate.errors import StoreError


def is_in_use(database: Path) -> bool:
    """Whether a process works with a SQLite file, there or not. Makes no file."""
    lock = lock_of(database)
    if not lock.exists():
        return False
    right = FileRight(database)
    free = right.acquire()
    right.release()
    return not free


def lock_of(database: Path) -> Path:
    """Name the file that is locked."""
    return database.with_name(f"{database.name}.lock")


class FileRight:
    """An exclusive ``flock`` on ``<database>.lock``. The file stays when it is free."""

    def __init__(self, database: Path) -> None:
        self._path = lock_of(database)
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Take the lock, or keep it: once taken it is never lost."""
        if self._file:
            return True
        try:
            file = self._path.open("ab")
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be opened: {error}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Free the lock."""
        if self._file:
            self._file.close()
            self._file = None
