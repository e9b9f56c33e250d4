"""Whether the ledger says of each delivery what the audit log said of it last."""

from dataclasses import dataclass

from sqlalchemy import Connection, String, cast, func, literal, select, type_coerce

from syndicate.store.tables import audit, deliveries

ABOUT = "delivery "  # how the log names one, before its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A delivery that changed without the log, or the log without it."""

    delivery: int
    state: str  # in the ledger
    logged: str | None  # ``None``: the log has no row about it


def find_mismatch(connection: Connection) -> Mismatch | None:
    """
    Give the first delivery whose state is not the one its last transition led to.

    One statement, and so one moment: others may write meanwhile. Rows that retention
    took from the one side or the other are missed by nobody. What else stands in a
    delivery is not compared.
    """
    first = select(func.min(audit.c.number)).scalar_subquery()
    is_all_there = func.coalesce(first, 1) == 1
    last = (
        select(audit.c.subject, func.max(audit.c.number).label("number"))
        .where(audit.c.after.is_not(None), audit.c.subject.startswith(ABOUT))
        .group_by(audit.c.subject)
        .subquery()
    )
    state = type_coerce(deliveries.c.state, String)
    subject = literal(ABOUT).concat(cast(deliveries.c.id, String))
    found = connection.execute(
        select(deliveries.c.id, state.label("state"), audit.c.after)
        .outerjoin(last, last.c.subject == subject)
        .outerjoin(audit, audit.c.number == last.c.number)
        .where((audit.c.after != state) | (audit.c.after.is_(None) & is_all_there))
        .order_by(deliveries.c.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return Mismatch(delivery=found[0], state=found[1], logged=found[2])
