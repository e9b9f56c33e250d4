"""The documents of the archive that are closed: whose entries each holds, for good."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from syndicate.store.tables import archive
from syndicate.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedRow:
    """A row of ``archive``."""

    number: int  # from 1
    identities: tuple[str, ...]  # oldest first
    mark: str = ""  # of what it was last written from; opaque here


def load_archive(connection: Connection) -> list[ClosedRow]:
    """Give every closed document, the first one first."""
    rows = connection.execute(select(archive).order_by(archive.c.number))
    return [
        ClosedRow(
            number=row.number,
            identities=tuple(row.identities.splitlines()),
            mark=row.mark,
        )
        for row in rows
    ]


def save_archive(connection: Connection, rows: Iterable[ClosedRow]) -> None:
    """Close documents, and note what closed ones were written from."""
    values = [
        {
            "number": row.number,
            "identities": "\n".join(row.identities),
            "mark": row.mark,
        }
        for row in rows
    ]
    if not values:
        return
    insert = insert_into(connection, archive)
    # Whose entries it holds was settled by whoever closed it.
    mark = {"mark": insert.excluded.mark}
    connection.execute(
        insert.on_conflict_do_update(index_elements=["number"], set_=mark), values
    )
