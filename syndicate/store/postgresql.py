"""PostgreSQL: any number of machines on one server."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from select import POLLIN, poll
from time import monotonic
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

from syndicate.errors import StoreError
from syndicate.store.driving import begin

WRITING = {"syndicate_begin": "BEGIN ISOLATION LEVEL READ COMMITTED"}
READING = {"syndicate_begin": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
ALONE = {"syndicate_begin": ""}  # each statement is a transaction by itself

PATIENCE = {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds; a server that vanished in mid-word
}
"""Defaults the address may overrule. Source: libpq, parameter key words."""

DURABLE = """
    SELECT set_config('synchronous_commit', 'on', false)
     WHERE current_setting('synchronous_commit') = 'off'
"""
"""A commit that is answered must be on disk, whatever the server's default is."""

PLAIN = "SELECT set_config('default_transaction_isolation', 'read committed', false)"
"""A statement by itself sees what was written while it waited, whatever is usual there."""

AWAKE = "SELECT set_config('idle_in_transaction_session_timeout', '5s', false)"
"""A process that was stopped in mid-transaction holds locks that all others wait for."""

FRESH_SECONDS = 5.0
"""A connection used so lately is asked nothing, unless the server has said something."""


def turns() -> Callable[[], AbstractContextManager[None]]:
    """Give what a thread enters to write: nothing, the server locks row by row."""
    return nullcontext


def make_engine(url: URL) -> Engine:
    """
    Give an engine whose every transaction begins with a word of our choice.

    Connects to nothing yet.

    Raises:
        StoreError: The driver is not installed.
    """
    patience = {key: n for key, n in PATIENCE.items() if key not in url.query}
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            # Without this the driver begins transactions by itself.
            connect_args=patience | {"autocommit": True},
            pool_reset_on_return=None,  # see ``_reset``
            hide_parameters=True,  # bodies and tokens stay out of errors
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            'store.url: PostgreSQL needs its driver: pip install "syndicate[postgresql]"'
        ) from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    event.listen(engine, "reset", _reset)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _make_sure(engine))
    return engine


def _prepare(driver: Any, _: Any) -> None:
    with driver.cursor() as cursor:
        cursor.execute(DURABLE)
        cursor.execute(PLAIN)
        cursor.execute(AWAKE)


def _reset(driver: Any, _record: Any, _state: Any) -> None:
    """Leave no transaction behind. The driver's own rollback is slow to find none."""
    if driver.pgconn.transaction_status:  # 0 is idle
        driver.rollback()


def _note_use(_: Any, record: Any) -> None:
    record.info["used"] = monotonic()


def _make_sure(engine: Engine) -> Callable[[Any, Any, Any], None]:
    """
    Give what looks at a connection before it is used: a server that came back serves at once.

    A server that stops says so, which shows without asking it; one that vanished does not.
    """

    def look(driver: Any, record: Any, _: Any) -> None:
        used = record.info.get("used")
        if used is None:  # it has just been made
            return
        try:
            if monotonic() - used > FRESH_SECONDS or _has_word(driver):
                engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return look


def _has_word(driver: Any) -> bool:
    """Tell whether the server has said something, such as good-bye. Asks nothing of it."""
    poller = poll()
    poller.register(driver.fileno(), POLLIN)
    return bool(poller.poll(0))
