"""
What servers say they take: kept in the database, and asked for anew by the clock.

    recall     has the channels go by what is kept
    Enquiry    asks the servers whose word is older than a day

So every process goes by the same word, whenever it was started, and none of them waits
for a server. What is written once stays as it was written, whatever is said later.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from syndicate.app.telling import Roster
from syndicate.channels.base import Channel
from syndicate.channels.terms.allowance import (
    Allowance,
    LimitedByServer,
    read_allowance,
)
from syndicate.errors import DeliveryError, StoreError
from syndicate.store.allowances import AllowanceRow, keep_allowance, load_allowances
from syndicate.store.engine import Store

log = logging.getLogger(__name__)

GOOD_FOR, NOT_AGAIN = timedelta(days=1), timedelta(hours=1)


def limited(roster: Roster) -> Mapping[str, LimitedByServer]:
    """Give the channels whose servers have limits of their own, by name."""
    found = roster.channels.items()
    return {name: each for name, each in found if isinstance(each, LimitedByServer)}


def recall(roster: Roster, store: Store) -> None:
    """Have channels go by what is kept. A database that fails changes nothing."""
    channels = limited(roster)
    if not channels:
        return
    try:
        with store.read() as connection:
            rows = load_allowances(connection)
    except StoreError as error:
        log.warning("what servers take is not known: %s", error)
        return
    for name, channel in channels.items():
        if row := _word_of(channel, rows.get(name)):
            channel.allowance = read_allowance(row.record)


def _word_of(channel: LimitedByServer, row: AllowanceRow | None) -> AllowanceRow | None:
    """Give a row that is the word of the channel's own server, and can be read."""
    if row is None or row.server != channel.server:
        return None
    try:
        read_allowance(row.record)
    except ValueError:
        return None
    return row


@dataclass(kw_only=True)
class Enquiry:
    """Asks. One thread at a time."""

    roster: Roster
    store: Store
    clock: Callable[[], datetime]  # UTC
    _failed: dict[str, datetime] = field(default_factory=dict)

    def round(self) -> None:
        """
        Ask the servers whose time has come, each within its channel's deadline.

        Raises:
            StoreError: The database failed.
        """
        now = self.clock()
        with self.store.read() as connection:
            rows = load_allowances(connection)
        for name, channel in limited(self.roster).items():
            row = _word_of(channel, rows.get(name))
            since = now - self._failed.get(
                name, datetime.min.replace(tzinfo=now.tzinfo)
            )
            if (row and _is_good(row, now)) or timedelta(0) <= since < NOT_AGAIN:
                continue
            if found := _ask(name, self.roster.channels[name]):
                self._failed.pop(name, None)
                self._keep(name, found, server=channel.server, now=now)
            else:
                self._failed[name] = now

    def _keep(self, name: str, found: Allowance, *, server: str, now: datetime) -> None:
        row = AllowanceRow(
            channel=name, server=server, read_at=now, record=found.as_text()
        )
        with self.store.begin() as connection:
            keep_allowance(connection, row)
        log.info("limits   %s: %s", name, row.record)


def _is_good(row: AllowanceRow, now: datetime) -> bool:
    return timedelta(0) <= now - row.read_at < GOOD_FOR


def _ask(name: str, channel: Channel[Any]) -> Allowance | None:
    """Ask one server, through a channel of its own; ``None``: it did not say."""
    made = type(channel)(channel.config)
    assert isinstance(made, LimitedByServer)  # or it would not be asked
    try:
        found = made.ask_limits()
    except DeliveryError as error:
        log.info("limits   %s: the server does not tell: %s", name, error)
        return None
    except Exception as error:  # noqa: BLE001 - a channel may be anybody's code
        log.warning("limits   %s: %s", name, type(error).__name__)
        return None
    finally:
        made.close()
    return None if found == Allowance() else found
