"""The column types that both engines must agree on."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from syndicate.store.times import read_time, write_time

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row's number. SQLite counts by itself only in a column called INTEGER."""


class UtcTime(TypeDecorator[datetime]):
    """
    A moment: aware, to the microsecond, always given back in UTC.

    PostgreSQL keeps ``timestamptz``. SQLite has no such type and gets text of one
    fixed width, which sorts by time and can be read by a person. A naive time is
    refused (``ValueError``): it would be somebody's local time by accident.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type of the engine."""
        return String(32) if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | str | None:
        """Turn a time into what the engine keeps."""
        return None if value is None else write_time(value, dialect.name)

    def process_result_value(
        self,
        value: datetime | str | None,
        dialect: Dialect,  # noqa: ARG002, the value tells
    ) -> datetime | None:
        """Turn what the engine kept into a time."""
        return None if value is None else read_time(value)
