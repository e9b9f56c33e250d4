"""A delivery as it stands in the table, for those who choose what becomes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from syndicate.model import DeliveryState
from syndicate.outbox.acts import Powers
from syndicate.store.deliveries import DeliveryRow

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = Powers(edits=None, deletes=None, replies=True)
State = DeliveryState


def row(state: State = State.SENT, **changes: Any) -> DeliveryRow:
    fields: dict[str, Any] = {
        "id": 1,
        "alert_id": 1,
        "channel": "desk",
        "kind": "fake",
        "revision": 1,
        "changed_at": NOW - HOUR,
        "priority": 0,
        "due_at": NOW,
        "not_after": None,
        "key": "k",
        "body": "b",
        "body_hash": "h",
        "text": "t",
        "fence": 1,
        "owner": None,
        "lease_until": None,
        "attempts": 1,
        "first_attempt_at": NOW - HOUR,
        "ambiguous": False,
        "key_until": None,
        "remote_id": "7" if state in {State.SENT, State.RETRACTING} else None,
        "remote_url": None,
        "last_error": None,
    }
    return DeliveryRow(**fields | {"state": state} | changes)
