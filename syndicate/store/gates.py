"""Alerts that wait until their post's address answers."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update

from syndicate.store.tables import gates


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """A row of ``gates``. Times are UTC."""

    alert_id: int
    url: str
    until: datetime
    goes_anyway: bool
    settled_at: datetime | None = None
    answer: str = ""


def add_gate(connection: Connection, gate: GateRow) -> None:
    """File a gate, with its alert."""
    connection.execute(insert(gates).values(asdict(gate)))


def shut_gates(connection: Connection) -> list[GateRow]:
    """Give the gates that alerts still wait at, the soonest to end first."""
    shut = select(gates).where(gates.c.settled_at.is_(None))
    rows = connection.execute(shut.order_by(gates.c.until, gates.c.alert_id))
    return [GateRow(**row) for row in rows.mappings()]


def note_answer(
    connection: Connection, gate: GateRow, answer: str, *, settled_at: datetime | None
) -> bool:
    """
    Write down what an address answered.

    Returns:
        Whether the gate was still shut. If not, another process has settled it.
    """
    still = and_(gates.c.alert_id == gate.alert_id, gates.c.settled_at.is_(None))
    values = {"answer": answer, "settled_at": settled_at}
    changed = connection.execute(update(gates).where(still).values(values))
    return changed.rowcount == 1
