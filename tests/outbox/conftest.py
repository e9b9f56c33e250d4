"""An outbox on a real store, under a clock that stands still."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from syndicate.errors import DeliveryError
from syndicate.model import Alert, DeliveryState, Limits, Memory, Outgoing, Receipt
from syndicate.outbox import ledger, move
from syndicate.outbox.claim import Lease, claim
from syndicate.outbox.enqueue import accept
from syndicate.outbox.ledger import LedgerAlert, LedgerDelivery
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome, settlement
from syndicate.store import audit
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.engine import Store
from syndicate.store.tables import attempts
from syndicate.testing import StoppedClock

ALERT = Alert(title="[속보] 지진", link="https://news.example/a", language="ko")
BLIND = Limits(text=500)
KEYED = Limits(text=500, memory=Memory.KEYED, remembers_key_for=timedelta(hours=1))
LEASE = timedelta(seconds=30)


def outgoing(channel: str) -> Outgoing:
    return Outgoing(
        channel=channel,
        kind="fake",
        body=f'{{"text":"{channel} 지진"}}',
        text=f"{channel} 지진",
        count=5,
        limit=500,
        unit="code points",
    )


class Outbox:
    """Does one step at a time, as the lanes would."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = StoppedClock()
        self.owner = "lane"

    def accept(
        self,
        *channels: str,
        due_at: datetime | None = None,
        request_id: str | None = None,
        alone: bool = False,
        **changes: Any,
    ) -> int:
        entering = self.store.alone if alone else self.store.begin
        with entering() as connection:
            return accept(
                connection,
                replace(ALERT, **changes),
                [outgoing(channel) for channel in channels],
                now=self.clock(),
                due_at=due_at,
                request_id=request_id,
            )

    def claim(self, channel: str = "desk") -> DeliveryRow | None:
        with self.store.begin() as connection:
            lease = Lease(owner=self.owner, now=self.clock(), length=LEASE)
            rows = claim(connection, channel, lease)
        return rows[0] if rows else None

    def claimed(self, channel: str = "desk") -> DeliveryRow:
        row = self.claim(channel)
        assert row is not None
        return row

    def settle(
        self, row: DeliveryRow, outcome: Outcome, *, limits: Limits = BLIND
    ) -> bool:
        made = settlement(
            outcome,
            row,
            limits=limits,
            policy=Policy(),
            now=self.clock(),
            draw=0.5,
        )
        with self.store.begin() as connection:
            return move.settle(connection, row, made, now=self.clock())

    def sent(self, row: DeliveryRow) -> bool:
        return self.settle(row, Receipt(remote_id="7", url="https://x.example/7"))

    def failed(
        self, row: DeliveryRow, error: DeliveryError, *, limits: Limits = BLIND
    ) -> bool:
        return self.settle(row, error, limits=limits)

    def alert(self, number: int = 1) -> LedgerAlert:
        with self.store.read() as connection:
            found = ledger.find_alert(connection, number)
        assert found is not None
        return found

    def delivery(self, number: int = 1) -> LedgerDelivery:
        """Give the first delivery of an alert."""
        return self.alert(number).deliveries[0]

    def states(self) -> list[DeliveryState]:
        with self.store.read() as connection:
            alerts = ledger.recent(connection, limit=1000)
        return [each.state for alert in reversed(alerts) for each in alert.deliveries]

    def attempts(self, delivery: int = 1) -> Sequence[Row[Any]]:
        """Give the rows of a delivery's tries, oldest first."""
        tries = select(attempts).where(attempts.c.delivery_id == delivery)
        with self.store.read() as connection:
            return connection.execute(tries.order_by(attempts.c.number)).all()

    def chain(self) -> audit.Chain:
        with self.store.read() as connection:
            return audit.verify(connection)

    def do(self, act: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Do one of the acts that take a connection and the time."""
        with self.store.begin() as connection:
            return act(connection, *arguments, now=self.clock(), **named)


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return Outbox(store)


@pytest.fixture
def own_outbox(reopen: Callable[[], Store]) -> Outbox:
    """Give an outbox in a database of the test's own."""
    return Outbox(reopen())


@pytest.fixture
def sqlite_outbox(sqlite_store: Store) -> Outbox:
    return Outbox(sqlite_store)
