"""SQLite's own driver, set up so that what is committed is on disk."""

from pathlib import Path
from sqlite3 import SQLITE_BUSY, Connection, OperationalError, connect
from time import monotonic, sleep

from syndicate.errors import StoreError

PATIENCE_SECONDS = 5.0  # how long a writer waits for another one

PRAGMAS = (
    "PRAGMA synchronous = FULL",  # NORMAL loses the last commits with the power
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 16777216",  # bytes the log keeps when it starts anew
)


def open_driver(path: Path) -> Connection:
    """
    Open a file, or make it. Transactions begin and end by word alone.

    Raises:
        sqlite3.Error: It cannot be opened.
        StoreError: Its disk cannot hold a database.
    """
    driver = connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        prepare(driver)
    except BaseException:
        driver.close()
        raise
    return driver


def prepare(driver: Connection) -> None:
    """Set up a connection that was just opened; raises as ``open_driver`` does."""
    if _log_ahead(driver) != "wal":
        raise StoreError(
            "the disk cannot hold a database (SQLite's WAL); use a local one"
        )
    for pragma in PRAGMAS:
        driver.execute(pragma)


def _log_ahead(driver: Connection) -> str:
    """
    Switch to the write-ahead log; a file that was switched stays so.

    Of two who switch a new file at once SQLite refuses one, without any patience.
    """
    end = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            (mode,) = driver.execute("PRAGMA journal_mode = WAL").fetchone()
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY or monotonic() > end:
                raise
            sleep(0.01)
        else:
            return str(mode)
