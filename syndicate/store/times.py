"""How each engine keeps a moment."""

from datetime import UTC, datetime


def write_time(value: datetime, engine: str) -> datetime | str:
    """
    Give a moment as ``engine`` keeps it.

    Raises:
        ValueError: It has no time zone.
    """
    if value.tzinfo is UTC:  # as nearly all are
        moment = value
    elif value.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {value}")
    else:
        moment = value.astimezone(UTC)
    return moment.isoformat(timespec="microseconds") if engine == "sqlite" else moment


def read_time(value: datetime | str) -> datetime:
    """Give the moment an engine kept, in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value.astimezone(UTC)
