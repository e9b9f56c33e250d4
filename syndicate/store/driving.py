"""Statements by the driver's own means, where SQLAlchemy's take longer than the database's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


@contextmanager
def driving(connection: Connection) -> Iterator[Any]:
    """
    Give the driver's connection, in the transaction that ``connection`` is in.

    Its errors come out as SQLAlchemy's, so that they are explained like any others.

    Raises:
        DBAPIError: The database failed.
    """
    driver, dialect = connection.connection.driver_connection, connection.dialect
    try:
        yield driver
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
