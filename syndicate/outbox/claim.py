"""
Taking deliveries whose turn it is, each with the attempt that is about to begin.

Works inside its caller's transaction. Once that is committed, and not before, a first
byte may leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from syndicate.model import DeliveryState, Rate
from syndicate.outbox import following
from syndicate.outbox.breaker import after_claim
from syndicate.outbox.move import move, transition
from syndicate.store import attempts, audit, deliveries, turns
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.lanes import load_lane, save_lane
from syndicate.store.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who takes deliveries, when, and for how long they are then left to him."""

    owner: str
    now: datetime  # UTC
    length: timedelta


def claim(
    connection: Connection,
    channel: str,
    lease: Lease,
    *,
    rate: Rate | None = None,
    most: int = 1,
) -> list[DeliveryRow]:
    """
    Take what is to be sent next on a channel.

    All nodes share the channel's order and its ``rate``: its row is locked before
    anything is chosen.

    Args:
        connection: A transaction that writes.
        channel: The channel's name.
        lease: On what terms.
        rate: How often the channel may be told; then one at a time is taken.
        most: At most so many at once. More than 1 only where the channel tells a repeat
            by its key: whoever takes them may end before the last of them has left.

    Returns:
        Deliveries as their new owner holds them, in the order in which they are to be
        sent. None: nothing may leave now.
    """
    lane = load_lane(connection, channel, now=lease.now)
    most = 1 if rate else most
    rows = _alike(turns.next_in_turn(connection, channel, now=lease.now, most=most))
    if rate and rows:
        save_lane(connection, after_claim(lane, rate, now=lease.now))
    return _begin(connection, rows, lease)


def claim_abreast(
    connection: Connection,
    channel: str,
    lease: Lease,
    *,
    most: int,
    again: bool = False,
) -> list[DeliveryRow]:
    """
    Take what is to be sent next to the recipients of a channel, one for each.

    Args and Returns:
        As of ``claim``. ``again``: of what was tried before, or goes to who failed
        lately; otherwise of all else.
    """
    now = lease.now
    load_lane(connection, channel, now=now)
    rows = turns.next_abreast(connection, channel, now=now, most=most, again=again)
    return _begin(connection, rows, lease)


def _begin(
    connection: Connection, rows: Sequence[DeliveryRow], lease: Lease
) -> list[DeliveryRow]:
    """Give deliveries, which are locked, to an owner, each with its attempt."""
    if not rows:
        return []
    now = lease.now
    claimed = [_taken(row, lease) for row in rows]
    its = _change_of(connection, claimed[0], now=now)
    turns.mark_sending(
        connection, claimed, owner=lease.owner, lease=lease.length, now=now
    )
    if its:
        deliveries.change(connection, claimed[0], its)
        claimed[0] = replace(claimed[0], **its)
    attempts.open_attempts(connection, claimed, now=now)
    audit.append(connection, *_notes(rows, claimed, now=now))
    return claimed


def _alike(rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    """Leave what changes an earlier message to a turn of its own."""
    changes = (place for place, row in enumerate(rows) if row.act.is_change)
    first = next(changes, len(rows))
    return list(rows[: max(first, 1)])


def _taken(row: DeliveryRow, lease: Lease) -> DeliveryRow:
    return replace(
        row,
        state=DeliveryState.SENDING,
        changed_at=lease.now,
        fence=row.fence + 1,
        owner=lease.owner,
        lease_until=lease.now + lease.length,
        attempts=row.attempts + 1,
        first_attempt_at=row.first_attempt_at or lease.now,
    )


def _change_of(
    connection: Connection, row: DeliveryRow, *, now: datetime
) -> dict[str, Any]:
    """Give what an act has to know of its message, which is seen to be changing."""
    target = following.target_of(connection, row)
    if target is None:
        return {}
    if target.state is DeliveryState.SENT:
        retracting = DeliveryState.RETRACTING
        move(connection, target, retracting, who=row.owner or "", now=now)
    return {"remote_id": target.remote_id, "remote_url": target.remote_url}


def _notes(
    rows: Sequence[DeliveryRow], claimed: Sequence[DeliveryRow], *, now: datetime
) -> list[Note]:
    return [
        transition(
            before,
            DeliveryState.SENDING,
            who=row.owner or "",
            now=now,
            note=f"attempt {row.attempts}, body {row.body_hash}",
        )
        for before, row in zip(rows, claimed, strict=True)
    ]
