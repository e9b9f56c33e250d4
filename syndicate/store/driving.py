"""Statements by the driver's own means, where SQLAlchemy's take longer than the database's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


@contextmanager
def driving(connection: Connection) -> Iterator[Any]:
    """
    Give what executes for the driver, in the transaction that ``connection`` is in.

    On PostgreSQL that is one cursor for as long as the connection lasts: a new one for each
    statement took as long as a small statement. What it found is read at once. Errors come out
    as SQLAlchemy's, so that they are explained like any others.

    Raises:
        DBAPIError: The database failed.
    """
    driver, dialect = connection.connection.driver_connection, connection.dialect
    try:
        yield driver if dialect.name == "sqlite" else _cursor(driver, connection.info)
    except dialect.loaded_dbapi.Error as error:
        is_lost = dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,  # bodies and tokens stay out of errors
            connection_invalidated=is_lost,
            dialect=dialect,
        ) from error


def begin(connection: Connection) -> None:
    """Begin a transaction with the word its engine's options say; none: with none."""
    if word := connection.get_execution_options()["syndicate_begin"]:
        with driving(connection) as driver:
            driver.execute(word)


def _cursor(driver: Any, kept: dict[str, Any]) -> Any:
    if "cursor" not in kept:
        kept["cursor"] = driver.cursor()
    return kept["cursor"]
