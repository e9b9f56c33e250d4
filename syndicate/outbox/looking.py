"""
Asking a channel whether what is in doubt arrived, where it can be asked.

    it is there               -> sent
    it is not, twice          -> queued again: it never arrived
    nobody can tell           -> asked again later, for a day; then a person decides

The first look comes ``Limits.look_after`` the doubt, the second as long after the first:
what was accepted may take its time to show.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from syndicate.channels.base import Channel, ReadsBack
from syndicate.errors import DeliveryError
from syndicate.model import DeliveryState, Receipt
from syndicate.outbox.actions import LOOKS
from syndicate.outbox.attempt import Terms
from syndicate.outbox.move import move
from syndicate.outbox.settle import clean
from syndicate.store import deliveries
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.threads import is_called_off

log = logging.getLogger(__name__)

WHO = "read back"
LONGEST_REST, PATIENCE = timedelta(minutes=5), timedelta(days=1)
ABSENT: Mapping[str, Any] = {"ambiguous": False, "key_until": None, "looks": 0}

Found = Receipt | DeliveryError | None


def look(terms: Terms, name: str, channel: Channel[Any]) -> int:
    """
    Ask about every doubt of a channel whose time has come.

    Args:
        terms: The lanes'.
        name: The channel's.
        channel: For this call alone.

    Returns:
        How many are settled now.

    Raises:
        StoreError: The database failed.
    """
    after = channel.configured_limits.look_after
    if after is None or not isinstance(channel, ReadsBack):
        return 0
    with terms.store.read() as connection:
        rows = deliveries.find_doubts(
            connection, name, now=terms.now(), looks=LOOKS, within=PATIENCE
        )
    return sum(_note(terms, row, _ask(channel, row), after=after) for row in rows)


def _ask(channel: ReadsBack, row: DeliveryRow) -> Found:
    since = row.first_attempt_at or row.changed_at
    try:
        return channel.find(row.body, key=row.key, since=since)
    except DeliveryError as error:
        return error
    except Exception as error:  # noqa: BLE001, a channel may be anybody's code
        return DeliveryError(f"the channel broke off: {type(error).__name__}")


def _note(terms: Terms, row: DeliveryRow, found: Found, *, after: timedelta) -> bool:
    now = terms.now()
    values: Mapping[str, Any]
    with terms.store.begin() as connection:
        if isinstance(found, Receipt):
            detail = clean(found.remote_id)
            values = {"remote_id": detail, "remote_url": found.url, "last_error": None}
            state, note = DeliveryState.SENT, f"it is there: {detail}"
        elif found is None and row.looks + 1 >= LOOKS:
            values = {**ABSENT, "due_at": now}
            state, note = DeliveryState.QUEUED, f"{LOOKS} looks did not find it"
            if is_called_off(connection, row.id):
                state = DeliveryState.CANCELLED
        else:
            later = _later(row, found, after=after, now=now)
            deliveries.change(connection, row, later)
            return False
        settled = move(
            connection, row, state, who=WHO, now=now, note=note, values=values
        )
    if settled:
        log.info("settled  alert %d, %s: %s", row.alert_id, row.channel, note)
    return settled


def _later(
    row: DeliveryRow, found: Found, *, after: timedelta, now: datetime
) -> Mapping[str, Any]:
    """Say when to look again; a look that came to nothing does not count as one."""
    if found is None:
        return {"looks": row.looks + 1, "due_at": now + after}
    rest = min(LONGEST_REST, now - row.changed_at)
    return {"due_at": now + max(after, rest)}
