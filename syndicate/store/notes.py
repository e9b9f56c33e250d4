"""
Rows of the audit log: what happened, and the hash that chains it to the row before.

Both engines work the hash out alike, from the same text; see ``audit`` and ``chaining``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from syndicate.store.rows import Switch
from syndicate.store.times import write_time

ROOT = "0" * 64  # what the first row calls the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that happened."""

    at: datetime
    who: str  # an operator, a rule, or the owner of a lane
    what: str  # a verb: "claimed"
    subject: str  # "delivery 12"
    before: str | None = None
    after: str | None = None
    note: str = ""


def of_switch(switch: Switch) -> Note:
    """Say that a switch was put."""
    return Note(
        at=switch.changed_at,
        who=switch.who,
        what="on" if switch.is_on else "off",
        subject=f"switch {switch.name}",
        note=switch.reason,
    )


def chained(
    notes: Sequence[Note], last: int, head: str
) -> Iterator[tuple[object, ...]]:
    """Give the rows that follow the last one, as SQLite keeps them."""
    for number, note in enumerate(notes, start=last + 1):
        previous, head = head, digest(number, note, head)
        said = [getattr(note, name) for name in NAMES[1:]]
        yield number, write_time(note.at, "sqlite"), *said, previous, head


def fit(note: Note) -> Note:
    """Put U+FFFD for what not every engine keeps in a text: NUL, and lone surrogates."""
    said = {name: getattr(note, name) or "" for name in NAMES[1:]}
    if not _UNFIT.search("".join(said.values())):
        return note
    changed: dict[str, Any] = {
        name: _UNFIT.sub("\ufffd", text) for name, text in said.items() if text
    }
    return replace(note, **changed)


def digest(number: int, note: Note, previous: str) -> str:
    """Give the hash of a row: SHA-256 of its fields as a JSON list, in this order."""
    return sha256(f'[{number},{written(note)},"{previous}"]'.encode()).hexdigest()


def written(note: Note) -> str:
    """Give what is hashed of a note: the inside of a JSON list of its fields, in ASCII."""
    return "".join(halves(note))


def halves(note: Note) -> tuple[str, str]:
    """Give what is hashed, up to the last letter of its subject, and from there on."""
    at = note.at.astimezone(UTC).isoformat(timespec="microseconds")
    head = f'"{at}",{_encode(note.who)},{_encode(note.what)},{_encode(note.subject)}'
    before = "null" if note.before is None else _encode(note.before)
    after = "null" if note.after is None else _encode(note.after)
    return head[:-1], f'",{before},{after},{_encode(note.note)}'


_UNFIT = re.compile("[\0\ud800-\udfff]")
_encode = json.JSONEncoder().encode
NAMES = [field.name for field in fields(Note)]
_COLUMNS = ["number", *NAMES, "previous", "hash"]
INSERT = (
    f"INSERT INTO audit ({', '.join(_COLUMNS)}) "  # noqa: S608, names of our own
    f"VALUES ({', '.join('?' * len(_COLUMNS))})"
)
