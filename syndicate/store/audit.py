"""
The audit log: every transition, chained.

Each row holds the hash of the row before it, so an edited, deleted or reordered row
shows. A tail that was cut off shows only against a head that was noted elsewhere:
``verify`` gives the head for that. Old rows at the beginning may go, if a later row of
the chain says up to which: see ``cutting.py``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, case, select, type_coerce
from sqlalchemy.types import NullType

from syndicate.store.columns import read_time, write_time
from syndicate.store.driving import driving
from syndicate.store.tables import audit

APPEND = "SELECT append_to_audit(%s)"  # PostgreSQL's; see ``chaining.py``
ROOT = "0" * 64  # what the first row calls the one before
CUT = "cut"  # the row that says which rows went
NEWEST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What ``verify`` found."""

    number: int  # of the last whole row, before the break
    head: str  # its hash
    rows: int  # whole ones that are there
    broken: str | None = None  # which row breaks it, and how

    @property
    def is_whole(self) -> bool:
        """Whether nothing was edited, deleted or moved."""
        return self.broken is None

    @property
    def mark(self) -> str:
        """The head as people note it: ``NUMBER:HASH``."""
        return f"{self.number}:{self.head}"


def append(connection: Connection, *notes: Note) -> None:
    """
    Add rows to the end of the chain, in the caller's transaction.

    The last thing a transaction does: on PostgreSQL it waits for every other writer of
    the log, so a row locked after it could be waited for in a circle.
    """
    fitting = [fit(note) for note in notes]
    with driving(connection) as driver:
        if connection.dialect.name == "postgresql":
            driver.execute(APPEND, [[written(note) for note in fitting]])
            return
        last = driver.execute(NEWEST).fetchone()
        driver.executemany(_INSERT, _rows(fitting, *(last or (0, ROOT))))


def _rows(notes: Sequence[Note], last: int, head: str) -> Iterator[tuple[object, ...]]:
    """Give the rows that follow the last one, as SQLite keeps them."""
    for number, note in enumerate(notes, start=last + 1):
        previous, head = head, digest(number, note, head)
        said = [getattr(note, name) for name in _NAMES[1:]]
        yield number, write_time(note.at, "sqlite"), *said, previous, head


def fit(note: Note) -> Note:
    """Put U+FFFD for what not every engine keeps in a text: NUL, and lone surrogates."""
    said = {name: getattr(note, name) or "" for name in _NAMES[1:]}
    if not _UNFIT.search("".join(said.values())):
        return note
    changed: dict[str, Any] = {
        name: _UNFIT.sub("\ufffd", text) for name, text in said.items() if text
    }
    return replace(note, **changed)


def cut_note(number: int, head: str) -> str:
    """Say up to which row the oldest went, and what its hash was."""
    return f"rows up to {number} were cut off, hash {head}"


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


def verify(
    connection: Connection, *, until: int | None = None, noted: str | None = None
) -> Chain:
    """
    Walk the chain and stop at the first row that breaks it.

    Args:
        connection: Any transaction.
        until: The last row to look at; ``None``: all, and what went before the first
            of them must be accounted for.
        noted: A ``mark`` that was noted earlier; the chain must still hold it.
    """
    ordered = select(*_AS_KEPT).order_by(audit.c.number)
    if until is not None:
        ordered = ordered.where(audit.c.number <= until)
    start = connection.execute(ordered.limit(1)).one_or_none()
    is_cut = start is not None and start.number > 1
    first = (start.number - 1, start.previous) if start and is_cut else (0, ROOT)
    excuse = cut_note(*first)
    (number, head), count = first, 0
    is_excused, is_held = not is_cut, noted in {None, f"{number}:{head}"}
    with connection.execute(ordered, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if fault := _fault(row, number, head):
                return Chain(number=number, head=head, rows=count, broken=fault)
            number, head, count = row.number, row.hash, count + 1
            is_excused = is_excused or (row.what == CUT and row.note == excuse)
            is_held = is_held or noted == f"{number}:{head}"
    broken = None
    if until is None and not is_excused:
        missing = "row 1 is" if first[0] == 1 else f"rows 1 to {first[0]} are"
        broken = f"{missing} missing"
    elif not is_held:
        broken = f"the head noted earlier, {noted}, is not among its rows"
    return Chain(number=number, head=head, rows=count, broken=broken)


def _fault(row: Row[Any], number: int, head: str) -> str | None:
    if row.number != number + 1:
        return f"row {number + 1} is missing"
    if row.previous != head:
        return f"row {row.number} does not follow row {number}"
    return None if _is_as_written(row) else f"row {row.number} was changed"


def _is_as_written(row: Row[Any]) -> bool:
    """Tell whether a row has its hash; what no row can have held is a change, too."""
    said = {name: getattr(row, name) for name in _NAMES}
    try:
        note = Note(**said | {"at": read_time(row.at)})
        return bool(row.hash == digest(row.number, note, row.previous))
    except (AttributeError, TypeError, ValueError, OverflowError):
        return False


_YEARS = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_A_TIME = case((audit.c.at.between(*_YEARS), audit.c.at))
_AS_KEPT = [
    type_coerce(_A_TIME, NullType()).label("at") if each.name == "at" else each
    for each in audit.c
]
"""
A row's columns, its time as the engine has it: somebody may have made it none, or on
PostgreSQL ``infinity``, which its driver refuses to read.
"""

_UNFIT = re.compile("[\0\ud800-\udfff]")
_encode = json.JSONEncoder().encode
_NAMES = [field.name for field in fields(Note)]
_COLUMNS = ["number", *_NAMES, "previous", "hash"]
_INSERT = (
    f"INSERT INTO audit ({', '.join(_COLUMNS)}) "  # noqa: S608, names of our own
    f"VALUES ({', '.join('?' * len(_COLUMNS))})"
)
