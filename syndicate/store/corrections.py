"""
Notes that readers find with a post that was put right.

Whoever corrects an alert about a post writes one in a transaction of theirs; every
process that writes feeds finds it there at its next look.
"""

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from syndicate.store.rows import CorrectionRow
from syndicate.store.tables import corrections


def add_correction(connection: Connection, row: CorrectionRow) -> None:
    """Note that a post was put right."""
    connection.execute(insert(corrections).values(asdict(row)))


def load_corrections(connection: Connection) -> dict[str, tuple[CorrectionRow, ...]]:
    """Give every note by the post's identity, oldest first."""
    found: dict[str, list[CorrectionRow]] = defaultdict(list)
    ordered = select(corrections).order_by(corrections.c.alert_id)
    for row in connection.execute(ordered).mappings():
        found[row["identity"]].append(CorrectionRow(**row))
    return {identity: tuple(rows) for identity, rows in found.items()}
