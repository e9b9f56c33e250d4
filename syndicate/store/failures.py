"""What a driver's error means, in words an operator can act on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from syndicate.errors import StoreError
from syndicate.words import Said

SQLITE = {
    "SQLITE_BUSY": "another program keeps it locked; stop that program, or wait",
    "SQLITE_LOCKED": "another program keeps it locked; stop that program, or wait",
    "SQLITE_READONLY": "it may not be written; check who owns the file and its folder",
    "SQLITE_PERM": "it may not be opened; check who owns the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that its folder may be written",
    "SQLITE_FULL": "the disk is full; make room, nothing else is needed",
    "SQLITE_IOERR": "the disk failed to read or write; check the disk",
    "SQLITE_CORRUPT": "the file is damaged; restore it from a backup",
    "SQLITE_NOTADB": "the file is not a SQLite database; check store.url",
}
"""By the first two words of the error's name. Source: sqlite.org/rescode.html"""

FOR_WANT_OF_ROOM = frozenset({"SQLITE_IOERR", "SQLITE_CANTOPEN"})
"""
What a full disk is called, too, where SQLite is about to open a file: it makes those for
its log, and does not say why one of them failed.
"""

ROOM_BYTES = 64 * 1024
"""More than the index of SQLite's log takes, 32 KiB. Source: sqlite.org/walformat.html"""

POSTGRESQL = {
    "08": "the connection was lost; check the server and the network",
    "28": "the server refused the name or the password",
    "3D": "there is no such database; create it first",
    "42501": "the account lacks a right; grant it",
    "25006": "the server takes no writes; is it a standby?",
    "53": "the server has run out of room; check its disk and its connections",
    "57": "the server is stopping, or cancelled the work",
}
"""By the start of SQLSTATE. Source: postgresql.org/docs/current/errcodes-appendix.html"""

FAILED = "database {place}: {reason}"


@contextmanager
def plainly(place: str) -> Iterator[None]:
    """
    Turn the driver's errors of a block into ``StoreError``.

    Faults of our own, such as a naive time, pass as they are: an operator cannot mend
    those.

    Args:
        place: The database as a person may see it, without a password.

    Raises:
        StoreError: The database failed, with the driver's error as its cause.
    """
    try:
        yield
    except DBAPIError as error:
        driver = error.orig or error
        raise StoreError(FAILED, place=place, reason=explain(error, place)) from driver
    except PoolTimeoutError as error:
        reason = Said("every connection stayed busy; is the machine overloaded?")
        raise StoreError(FAILED, place=place, reason=reason) from error
    except StatementError as error:
        raise error.orig or error from None


def explain(error: DBAPIError, place: str) -> Said:
    """Say what happened in a database and what would mend it, in one line."""
    said = str(error.orig).strip().partition("\n")[0]
    meaning = _meaning(error, place)
    if meaning is None:
        return Said(said)
    return Said("{meaning} ({said})", {"meaning": Said(meaning), "said": said})


def _meaning(error: DBAPIError, place: str) -> str | None:
    name = "_".join(str(getattr(error.orig, "sqlite_errorname", "")).split("_")[:2])
    if name:
        is_full = name in FOR_WANT_OF_ROOM and _is_full(Path(place).parent)
        return SQLITE.get("SQLITE_FULL" if is_full else name)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        reached = not isinstance(error, OperationalError)
        return (
            None
            if reached
            else "there is no connection; check store.url and the server"
        )
    return next((said for at, said in POSTGRESQL.items() if state.startswith(at)), None)


def _is_full(folder: Path) -> bool:
    """Tell whether a disk has no room for a small file, or for one more name."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    has_names = disk.f_favail > 0 or not disk.f_files  # 0 of 0: it does not count them
    return disk.f_bavail * disk.f_frsize < ROOM_BYTES or not has_names
