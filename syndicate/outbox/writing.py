"""
Writing down what a batch of tries came to, in as few transactions as may be.

What arrived is settled in one, and so is what failed at many recipients; whatever needs a
second thought, one by one; and what was not begun goes back together.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from syndicate.errors import DeliveryError
from syndicate.model import DeliveryState, Limits, Receipt
from syndicate.outbox import following, move
from syndicate.outbox.attempt import Terms
from syndicate.outbox.batch import Tried
from syndicate.outbox.record import note_wait, record, say
from syndicate.outbox.settle import Outcome, Settlement, Verdict, settlement
from syndicate.store import attempts, audit, deliveries
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.lanes import clear_failures
from syndicate.store.leases import still_held
from syndicate.store.notes import Note

NOT_BEGUN = "given back before it was begun"

Made = tuple[DeliveryRow, Settlement]


def write_down(terms: Terms, verdicts: list[Tried], *, limits: Limits) -> None:
    """
    Write down what several tries on one channel came to.

    Args:
        terms: What all lanes share.
        verdicts: What is to be written. Whatever has been is taken out, so that the
            rest can be tried again after a failure.
        limits: The channel's.

    Raises:
        StoreError: The database failed; what is left in ``verdicts`` was not written.
    """
    arrived = [
        (flight.row, outcome)
        for flight, outcome in verdicts
        if isinstance(outcome, Receipt) and not flight.row.act.is_change
    ]
    if len(arrived) > 1:
        done = _record_sent(terms, arrived, limits=limits)
        verdicts[:] = [each for each in verdicts if each[0].row.id not in done]
    failed = [
        (flight.row, outcome)
        for flight, outcome in verdicts
        if isinstance(outcome, DeliveryError) and flight.row.recipient is not None
    ]
    if len(failed) > 1:
        done = _record_failed(terms, failed, limits=limits)
        verdicts[:] = [each for each in verdicts if each[0].row.id not in done]
    while verdicts and (outcome := verdicts[0][1]) is not None:
        record(terms, verdicts[0][0].row, outcome, limits=limits)
        del verdicts[0]
    if verdicts:
        _give_back(terms, [flight.row for flight, _ in verdicts])
        verdicts.clear()


def _record_sent(
    terms: Terms, arrived: Sequence[tuple[DeliveryRow, Receipt]], *, limits: Limits
) -> set[int]:
    """Settle what arrived, and give the numbers of what could be settled together."""
    now = terms.now()
    made = [
        (row, _settled(terms, row, said, limits=limits, now=now))
        for row, said in arrived
    ]
    row, receipt = arrived[-1]
    with terms.store.begin() as connection:
        # First of all, as a claim does: on PostgreSQL the order of locks is one.
        if row.recipient is None:
            note_wait(connection, row.lane, receipt, now=now, draw=0)
        else:
            clear_failures(connection, [each.lane for each, _ in arrived])
        done = settle_sent(connection, made, now=now)
    for row, verdict in made:
        if row.id in done:
            say(terms, row, verdict, settled=True, now=now)
    return done


def _record_failed(
    terms: Terms, failed: Sequence[tuple[DeliveryRow, DeliveryError]], *, limits: Limits
) -> set[int]:
    """Settle what failed at recipients, and give the numbers of what is settled."""
    now = terms.now()
    settled: dict[int, bool] = {}
    with terms.store.begin() as connection:
        waited = following.waited_for(connection, [row.id for row, _ in failed])
        mine = [each for each in failed if each[0].id not in waited]
        # In the order of locks: waits, by name; deliveries; and the log after all.
        for row, said in sorted(mine, key=lambda each: each[0].lane):
            note_wait(connection, row.lane, said, now=now, draw=terms.draw())
        still_held(connection, [row for row, _ in mine])
        waited = following.waited_for(connection, [row.id for row, _ in mine])
        made = [
            (row, _settled(terms, row, said, limits=limits, now=now))
            for row, said in mine
            if row.id not in waited
        ]
        for row, verdict in made:
            settled[row.id] = move.settle(connection, row, verdict, now=now)
    for row, verdict in made:
        say(terms, row, verdict, settled=settled[row.id], now=now)
    return set(settled)


def _settled(
    terms: Terms, row: DeliveryRow, said: Outcome, *, limits: Limits, now: datetime
) -> Settlement:
    return settlement(
        said, row, limits=limits, policy=terms.policy, now=now, draw=terms.draw()
    )


def settle_sent(
    connection: Connection, made: Sequence[Made], *, now: datetime
) -> set[int]:
    """
    Write down that several deliveries arrived, in the caller's transaction.

    Left out is what is no longer its owner's, and what an act waits for: that needs a
    ``move.settle`` of its own.

    Returns:
        The numbers of those that were written.
    """
    held = {row.id for row in still_held(connection, [row for row, _ in made])}
    held -= following.waited_for(connection, held)
    mine = [(row, verdict) for row, verdict in made if row.id in held]
    if not mine:
        return held
    said = [(row, verdict.detail) for row, verdict in mine]
    attempts.close_attempts(connection, said, verdict=Verdict.SENT.value, now=now)
    deliveries.mark_sent(connection, [_written(*each) for each in mine], now=now)
    audit.append(connection, *(_noted(*each, now=now) for each in mine))
    return held


def _written(row: DeliveryRow, made: Settlement) -> dict[str, object]:
    return {
        "its_id": row.id,
        "its_fence": row.fence,
        "remote_id": made.detail,
        "remote_url": made.receipt.url if made.receipt else None,
        "last_error": made.reason,
    }


def _noted(row: DeliveryRow, made: Settlement, *, now: datetime) -> Note:
    note = f"attempt {row.attempts}: {made.detail}"
    return move.transition(row, made.state, who=row.owner or "", now=now, note=note)


def _give_back(terms: Terms, rows: Sequence[DeliveryRow]) -> None:
    """Queue what was claimed and never begun, as it was."""
    now = terms.now()
    with terms.store.begin() as connection:
        still_held(connection, rows)  # locks them, before the log is
        for row in rows:
            made = Settlement(
                state=DeliveryState.QUEUED,
                verdict=Verdict.NOT_SENT,
                detail=NOT_BEGUN,
                reason=row.last_error,
                due_at=row.due_at,
                ambiguous=row.ambiguous,
                key_until=row.key_until,
            )
            move.settle(connection, row, made, now=now)
