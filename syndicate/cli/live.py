"""Shows how each channel fares, while it happens."""

import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext, redirect_stdout, suppress
from datetime import timedelta

import click
from rich.console import Console
from rich.live import Live

from syndicate.app.desk import Desk
from syndicate.cli.common import Exit, print_json
from syndicate.cli.drawing import draw_deliveries, line_of
from syndicate.cli.ledger import as_result, find
from syndicate.cli.pause import line_of as line_of_pause
from syndicate.model import DeliveryState
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.ledger import LedgerAlert, LedgerDelivery
from syndicate.outbox.sending_right import sending_right
from syndicate.store.rows import Switch
from syndicate.words import say

PATIENCE = 60.0
"""Seconds after which a channel that is still being tried is left to the daemon."""

STEP = 0.05  # seconds between two looks at the ledger
IDLE = (
    "nobody sends now: start `syndicate run`; "
    "`syndicate alerts {number}` shows how it fares"
)
HELD = (
    "somebody else lets it go: `syndicate approve {number}`; "
    "`syndicate reject {number}` turns it down"
)
DOUBT = (
    "{channel}: look whether it is there, then "
    "`syndicate resolve {number} sent|resend|cancel`"
)
BUSY = "it goes on; `syndicate alerts {number}` shows how it fares"
SOON = timedelta(minutes=5)
"""What is due later than that is not waited for: a push for tonight, a long wait."""


def watch_alert(app: Desk, number: int, *, wait: bool, as_json: bool) -> Exit:
    """
    Follow an accepted alert until nothing more happens to it by itself.

    Where no daemon sends, this process does.

    Args:
        app: Whose outbox it is in.
        number: The alert's.
        wait: Otherwise say that it was accepted, and leave.
        as_json: Print the result as JSON instead.

    Returns:
        How the command ends.
    """
    return _watch(app, number, wait=wait, as_json=as_json)


def follow_alert(app: Desk, number: int, *, wait: bool, as_json: bool) -> Exit:
    """Do the same for a command that prints a result of its own."""
    return _watch(app, number, wait=wait, as_json=as_json, has_result=True)


def _watch(
    app: Desk, number: int, *, wait: bool, as_json: bool, has_result: bool = False
) -> Exit:
    if not as_json:
        click.echo(say("accepted: alert {number} is in the outbox", number=str(number)))
    if not wait:
        alert = find(app, number)
        idle = not _somebody_sends(app)
    else:
        # A channel that speaks on standard output must not speak into the JSON.
        with redirect_stdout(sys.stderr) if as_json else nullcontext():
            alert, idle = _follow(app, number, shown=not as_json)
    if as_json:
        if not has_result:
            print_json(as_result(alert))
    else:
        # A channel that refuses our credentials is paused by what failed there.
        queued, failed = DeliveryState.QUEUED, DeliveryState.FAILED
        for pause in _pauses(app, alert, queued, failed):
            click.echo(line_of_pause(pause, app.config.site.zone))
        for line in _next_acts(alert, idle=idle):
            click.echo(line)
    return _ended(alert)


def _next_acts(alert: LedgerAlert, *, idle: bool) -> Iterator[str]:
    """Say what a person has to do, and how to see the rest of it."""
    if any(each.state is DeliveryState.HELD for each in alert.deliveries):
        yield say(HELD, number=str(alert.id))
    for each in alert.deliveries:
        if each.state is DeliveryState.IN_DOUBT:
            yield say(DOUBT, channel=each.name, number=str(each.id))
    if not alert.is_settled:
        yield say(IDLE if idle else BUSY, number=str(alert.id))


def _somebody_sends(app: Desk) -> bool:
    """Whether some process holds the sending right."""
    right = sending_right(app.store)
    free = right.acquire()
    right.release()
    return not free


def _follow(app: Desk, number: int, *, shown: bool) -> tuple[LedgerAlert, bool]:
    """Watch it, and send it if nobody does. Tells whether nobody will, afterwards."""
    lanes = Lanes(app.store, app.roster.channels)
    lanes.start()
    try:
        alert = _show(app, number) if shown else _last(_looks(app, number))
    except KeyboardInterrupt:
        alert = find(app, number)
    finally:
        idle = lanes.is_sending
        lanes.stop()
    return alert, idle


def _show(app: Desk, number: int) -> LedgerAlert:
    """Draw a table that changes on a terminal; elsewhere print a line per change."""
    console, zone = Console(highlight=False), app.config.site.zone
    alert = find(app, number)
    if not console.is_terminal:
        said: set[str] = set()
        for alert in _looks(app, number):
            lines = [line_of(each, zone) for each in alert.deliveries]
            for line in lines:
                if line not in said:
                    click.echo(line)
            said.update(lines)
        return alert
    with Live(console=console, refresh_per_second=20) as live:
        for alert in _looks(app, number):
            live.update(draw_deliveries(alert, console, zone))
    return alert


def _looks(app: Desk, number: int) -> Iterator[LedgerAlert]:
    until = time.monotonic() + PATIENCE
    while True:
        alert = find(app, number)
        yield alert
        # A send under way ends, whatever is paused.
        kept = _pauses(app, alert, DeliveryState.QUEUED)
        paused = {each.channel for each in kept}
        later = all(
            each.due_at > app.clock() + SOON
            or not paused.isdisjoint({None, each.channel})
            for each in _open(alert)
        )
        if alert.is_settled or later or time.monotonic() > until:
            return
        time.sleep(STEP)


def _pauses(app: Desk, alert: LedgerAlert, *states: DeliveryState) -> list[Switch]:
    """Give the pauses that hold on the channels where an alert is in one of the states."""
    names = {each.channel for each in alert.deliveries if each.state in states}
    return [each for each in app.pauses() if each.channel in {None, *names} and names]


def _open(alert: LedgerAlert) -> list[LedgerDelivery]:
    return [each for each in alert.deliveries if not each.state.is_settled]


def _last(looks: Iterator[LedgerAlert]) -> LedgerAlert:
    alert = next(looks)
    with suppress(StopIteration):
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
