"""
A post as the store remembers it, so that an unchanged file is not read again.

Front matter is left out: only rules and rendering ask for it, and both have the file.
"""

import json
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from syndicate.model import Entry, Picture, Post, Source

KEPT = tuple(field.name for field in fields(Post) if field.name != "fields")
TIMES = frozenset({"published", "updated"})


def to_record(post: Post) -> str:
    """Write a post down: one line of JSON."""
    values = [_plain(getattr(post, name)) for name in KEPT]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def from_record(record: str) -> Post:
    """
    Read what ``to_record`` wrote.

    Raises:
        ValueError: Another version wrote it.
    """
    return Post(**_restored(dict(zip(KEPT, json.loads(record), strict=True))))


def _plain(value: object) -> object:
    return value.timestamp() if isinstance(value, datetime) else value


def entry_to_record(version: str, entry: Entry) -> str:
    """Write an entry down, with the version of the file and the reader it came from."""
    said = {"version": version, "entry": asdict(entry)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_plain)


def entry_from_record(record: str) -> tuple[str, Entry] | None:
    """Read what ``entry_to_record`` wrote; ``None`` if another version wrote it."""
    try:
        said = json.loads(record)
        values = _restored(said["entry"])
        values["picture"] = values["picture"] and Picture(**values["picture"])
        values["source"] = values["source"] and Source(**values["source"])
        return said["version"], Entry(**values)
    except (ValueError, TypeError, KeyError):
        return None


def _restored(values: dict[str, Any]) -> dict[str, Any]:
    """Give back what JSON has no form for: times and tuples."""
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif name in TIMES and value is not None:
            values[name] = datetime.fromtimestamp(value, UTC)
    return values
