"""Shows how each channel fares, while it happens."""

import contextlib
import time
from collections.abc import Iterator

import click
from rich.console import Console
from rich.live import Live

from syndicate.app import App
from syndicate.cli.common import Exit, print_json
from syndicate.cli.ledger import as_result, delivery_table, find
from syndicate.model import DeliveryState
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.ledger import LedgerAlert

PATIENCE = 60.0
"""Seconds after which a channel that is still being tried is left to the daemon."""

STEP = 0.05  # seconds between two looks at the ledger


def watch_alert(app: App, number: int, *, wait: bool, as_json: bool) -> Exit:
    """
    Follow an accepted alert until nothing more happens to it by itself.

    Where no daemon sends, this process does.

    Args:
        app: The application.
        number: The alert's.
        wait: Otherwise say that it was accepted, and leave.
        as_json: Print the result as JSON instead.

    Returns:
        How the command ends.
    """
    if not as_json:
        click.echo(f"accepted: alert {number} is in the outbox")
    alert = _follow(app, number, shown=not as_json) if wait else find(app, number)
    if as_json:
        print_json(as_result(alert))
    elif wait and not alert.is_settled:
        click.echo(f"still being tried; `syndicate alerts {number}` shows how it goes")
    return _ended(alert)


def _follow(app: App, number: int, *, shown: bool) -> LedgerAlert:
    lanes = Lanes(app.store, app.roster.channels)
    lanes.start()
    try:
        return _show(app, number) if shown else _last(_looks(app, number))
    except KeyboardInterrupt:
        click.echo("left; it stays in the outbox")
        return find(app, number)
    finally:
        lanes.stop()


def _show(app: App, number: int) -> LedgerAlert:
    """Draw a table that changes on a terminal, and once where nobody watches."""
    console = Console(highlight=False)
    if not console.is_terminal:
        alert = _last(_looks(app, number))
        console.print(delivery_table(alert))
        return alert
    with Live(console=console, refresh_per_second=20) as live:
        alert = find(app, number)
        for alert in _looks(app, number):
            live.update(delivery_table(alert))
        return alert


def _looks(app: App, number: int) -> Iterator[LedgerAlert]:
    until = time.monotonic() + PATIENCE
    while True:
        alert = find(app, number)
        yield alert
        if alert.is_settled or time.monotonic() > until:
            return
        time.sleep(STEP)


def _last(looks: Iterator[LedgerAlert]) -> LedgerAlert:
    alert = next(looks)
    with contextlib.suppress(StopIteration):
        while True:
            alert = next(looks)
    return alert


def _ended(alert: LedgerAlert) -> Exit:
    states = {delivery.state for delivery in alert.deliveries}
    if DeliveryState.IN_DOUBT in states:
        return Exit.DOUBT
    if states & {DeliveryState.FAILED, DeliveryState.EXPIRED}:
        return Exit.FAILED
    return Exit.DONE
