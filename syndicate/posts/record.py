"""
A post as the store remembers it, so that an unchanged file is not read again.

Front matter is left out: only rules and rendering ask for it, and both have the file. So
is what has a column of its own: ten thousand records said it a second time.
"""

import json
from dataclasses import is_dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

# A third of the time of Python's own, which each of ten thousand posts would pay.
from pydantic_core import from_json, to_json

from syndicate.model import (
    Enclosure,
    Entry,
    Episode,
    Person,
    Picture,
    Post,
    Source,
    Transcript,
)

COLUMNS = ("path", "title", "link", "updated", "content_hash", "body_hash")
"""What the store keeps beside the record. (Its ``published`` is when a post first counts.)"""

KEPT = tuple(
    name for name in Post.__struct_fields__ if name not in {"fields", *COLUMNS}
)
TIMES = frozenset({"published", "updated", "expires"})
MOMENTS = [place for place, name in enumerate(KEPT) if name in TIMES]

_kept = attrgetter(*KEPT)


def to_record(post: Post) -> str:
    """Write down what no column says of a post: one line of JSON."""
    said = list(_kept(post))
    for place in MOMENTS:
        if moment := said[place]:
            said[place] = moment.timestamp()
    return to_json(said).decode()


def from_record(record: str, **columns: Any) -> Post:
    """
    Read what ``to_record`` wrote.

    Args:
        record: One line of JSON.
        columns: The values of ``COLUMNS``.

    Raises:
        ValueError: Another version wrote it.
    """
    kept = dict(zip(KEPT, from_json(record), strict=True))
    return Post(**columns, **_restored(kept))


def _plain(value: object) -> object:
    return value.timestamp() if isinstance(value, datetime) else value


def entry_to_record(version: str, entry: Entry) -> str:
    """Write an entry down, with the version of the file and the reader it came from."""
    said = {"version": version, "entry": _values(entry)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_plain)


def entry_from_record(record: str) -> tuple[str, Entry] | None:
    """Read what ``entry_to_record`` wrote; ``None`` if another version wrote it."""
    try:
        said = json.loads(record)
        values = _restored(said["entry"])
        values["picture"] = values["picture"] and Picture(**values["picture"])
        values["source"] = values["source"] and Source(**values["source"])
        values["enclosures"] = tuple(Enclosure(**each) for each in values["enclosures"])
        values["episode"] = values["episode"] and _episode(values["episode"])
        return said["version"], Entry(**values)
    except (ValueError, TypeError, KeyError):
        return None


def _episode(values: dict[str, Any]) -> Episode:
    transcripts = tuple(Transcript(**each) for each in values.pop("transcripts"))
    persons = tuple(Person(**each) for each in values.pop("persons"))
    return Episode(transcripts=transcripts, persons=persons, **values)


def _values(value: Any) -> dict[str, Any]:
    """Give the fields of a value. ``asdict`` copies all of it, at ten times the cost."""
    names = type(value).__dataclass_fields__
    return {name: _deep(getattr(value, name)) for name in names}


def _deep(value: Any) -> Any:
    if isinstance(value, str) or not value:
        return value
    if isinstance(value, (list, tuple)):
        return [_deep(each) for each in value]
    return _values(value) if is_dataclass(value) else value


def _restored(values: dict[str, Any]) -> dict[str, Any]:
    """Give back what JSON has no form for: times and tuples."""
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif name in TIMES and value is not None:
            values[name] = datetime.fromtimestamp(value, UTC)
    return values
