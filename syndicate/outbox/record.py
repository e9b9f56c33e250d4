"""Writing down what one try came to, and what follows from it for its channel."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection

from syndicate.errors import RejectedError
from syndicate.model import Limits
from syndicate.outbox import move
from syndicate.outbox.attempt import Terms
from syndicate.outbox.breaker import FAILURES, after_outcome
from syndicate.outbox.settle import Outcome, Settlement, settlement
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.lanes import load_lane, save_lane
from syndicate.store.rows import Switch
from syndicate.store.switches import flip, pause_of

log = logging.getLogger(__name__)

WHO = "outbox"


def record(terms: Terms, row: DeliveryRow, outcome: Outcome, *, limits: Limits) -> None:
    """
    Write down what a try came to.

    Raises:
        StoreError: The database failed; nothing was written.
    """
    now = terms.now()
    made = settlement(
        outcome, row, limits=limits, policy=terms.policy, now=now, draw=terms.draw()
    )
    with terms.store.begin() as connection:
        # First of all, as a claim does: on PostgreSQL the order of locks is one.
        note_wait(connection, row.lane, outcome, now=now, draw=terms.draw())
        settled = move.settle(connection, row, made, now=now)
        if settled and _is_unwelcome(row, outcome):
            _pause(connection, row.channel, made.detail, now=now)
    say(terms, row, made, settled=settled, now=now)


def say(
    terms: Terms, row: DeliveryRow, made: Settlement, *, settled: bool, now: datetime
) -> None:
    """Count what a try came to, and log it."""
    is_sent = settled and made.receipt is not None
    terms.meter.note(row, made.verdict.value, is_sent=is_sent, now=now)
    if not settled:
        log.warning("too late alert %d, %s: %s", row.alert_id, row.channel, made.detail)
        return
    where = made.receipt.url if made.receipt else None
    level = logging.INFO if made.receipt else logging.WARNING
    said = (made.state.replace("_", " "), row.alert_id, row.channel)
    log.log(level, "%-9salert %d, %s: %s", *said, where or made.detail)


def note_wait(
    connection: Connection,
    channel: str,
    outcome: Outcome,
    *,
    now: datetime,
    draw: float,
) -> None:
    """Note how long every node leaves the channel alone after this."""
    before = load_lane(connection, channel, now=now)
    after = after_outcome(before, outcome, now=now, draw=draw)
    if (before.failures, before.not_before) != (after.failures, after.not_before):
        save_lane(connection, after)
    if after.failures >= FAILURES and after.not_before:
        wait = max(after.not_before - now, timedelta(0))
        log.warning(
            "rests    %s: %d failures in a row, next try in %.0f s",
            channel,
            after.failures,
            wait.total_seconds(),
        )


def _pause(connection: Connection, channel: str, said: str, *, now: datetime) -> None:
    """Stop a channel that refuses us: every later message would meet the same answer."""
    reason = f"it refuses us: {said}; mend that, then `syndicate resume {channel}`"
    switch = Switch(
        name=pause_of(channel), is_on=True, changed_at=now, who=WHO, reason=reason
    )
    flip(connection, switch)
    log.error("paused   %s: %s", channel, reason)


def _is_unwelcome(row: DeliveryRow, outcome: Outcome) -> bool:
    """Tell whether a channel refuses us. One of many recipients does not speak for it."""
    refused = isinstance(outcome, RejectedError) and outcome.unwelcome
    return refused and row.recipient is None
