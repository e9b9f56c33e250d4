"""``syndicate alerts``: what became of each alert, channel by channel."""

from dataclasses import asdict
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from syndicate.app import App, open_app
from syndicate.cli.common import (
    config_option,
    config_path,
    json_option,
    number_type,
    print_json,
)
from syndicate.cli.words import clock_time, count
from syndicate.errors import UsageError
from syndicate.model import DeliveryState
from syndicate.outbox import ledger
from syndicate.outbox.ledger import LedgerAlert, LedgerDelivery

STATES = {
    DeliveryState.HELD: ("waits for a person", "yellow"),
    DeliveryState.QUEUED: ("queued", "cyan"),
    DeliveryState.SENDING: ("sending", "cyan"),
    DeliveryState.SENT: ("sent", "green"),
    DeliveryState.IN_DOUBT: ("in doubt: may have arrived", "yellow"),
    DeliveryState.FAILED: ("failed", "red"),
    DeliveryState.EXPIRED: ("expired: too late to send", "red"),
    DeliveryState.CANCELLED: ("cancelled", "dim"),
    DeliveryState.RETRACTING: ("being withdrawn", "yellow"),
    DeliveryState.RETRACTED: ("withdrawn", "dim"),
}


@click.command("alerts")
@click.argument("number", metavar="[ID]", type=number_type, required=False)
@click.option(
    "--last",
    type=number_type,
    default=20,
    show_default=True,
    help="How many alerts to list.",
)
@config_option
@json_option
def alerts_command(number: int | None, last: int, *, as_json: bool) -> None:
    """
    Show the ledger: each alert, and how it fared on each channel.

    With ID: one alert, with times, attempts, links and what each channel said.
    """
    with open_app(config_path()) as app:
        if number is not None:
            _show_one(find(app, number), as_json=as_json)
            return
        with app.store.read() as connection:
            alerts = ledger.recent(connection, limit=last)
    if as_json:
        print_json([as_result(alert) for alert in alerts])
    elif alerts:
        Console(highlight=False).print(_overview(alerts))
    else:
        click.echo("no alert yet")


def find(app: App, number: int) -> LedgerAlert:
    """
    Give one alert of the ledger.

    Raises:
        UsageError: There is none of that number.
    """
    with app.store.read() as connection:
        alert = ledger.find_alert(connection, number)
    if alert is None:
        raise UsageError(f"there is no alert {number}; `syndicate alerts` lists them")
    return alert


def _show_one(alert: LedgerAlert, *, as_json: bool) -> None:
    if as_json:
        print_json(as_result(alert))
        return
    console = Console(highlight=False)
    who = f"by {alert.who}, {clock_time(alert.created_at)}"
    console.print(
        f"[bold]{alert.id} {escape(alert.title)}[/bold] [dim]{escape(who)}[/]"
    )
    if alert.link:
        console.print(escape(alert.link), soft_wrap=True)
    console.print(delivery_table(alert))


def delivery_table(alert: LedgerAlert) -> Table:
    """Draw one line per channel."""
    table = Table("channel", "state", "tries", "at", "where", box=box.SIMPLE_HEAD)
    for each in alert.deliveries:
        words, colour = STATES[each.state]
        table.add_row(
            escape(each.channel),
            f"[{colour}]{words}[/]",
            str(each.attempts),
            clock_time(each.changed_at),
            escape(_rest(each)),
        )
    return table


def line_of(each: LedgerDelivery) -> str:
    """Say one line about one channel."""
    rest = _rest(each)
    return f"{each.channel}: {STATES[each.state][0]}{f': {rest}' if rest else ''}"


def _rest(each: LedgerDelivery) -> str:
    if each.state is DeliveryState.IN_DOUBT:
        return f"{each.last_error or ''} (delivery {each.id})"
    if each.state is DeliveryState.QUEUED:
        error = f"{each.last_error}; next try" if each.last_error else "not before"
        return f"{error} {clock_time(each.due_at)}"
    return each.remote_url or each.last_error or each.remote_id or ""


def _overview(alerts: list[LedgerAlert]) -> Table:
    table = Table("id", "when", "alert", "channels", box=box.SIMPLE_HEAD)
    for alert in alerts:
        table.add_row(
            str(alert.id),
            clock_time(alert.created_at),
            escape(alert.title),
            "\n".join(_lines(alert)),
        )
    return table


def _lines(alert: LedgerAlert) -> list[str]:
    """Give one line per state, the channels that are in it behind."""
    grouped: dict[DeliveryState, list[str]] = {}
    for each in alert.deliveries:
        grouped.setdefault(each.state, []).append(each.channel)
    if not grouped:
        return [f"[dim]{count(0, 'channel')}[/]"]
    return [
        f"[{STATES[state][1]}]{STATES[state][0]}[/] {escape(', '.join(names))}"
        for state, names in grouped.items()
    ]


def as_result(alert: LedgerAlert) -> dict[str, Any]:
    """Give an alert for programs: times in ISO 8601, UTC."""
    return asdict(alert)
