"""``syndicate alerts``: what became of each alert, channel by channel."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Connection

from syndicate.app import App, open_app
from syndicate.app.desk import Desk
from syndicate.cli.common import (
    config_option,
    config_path,
    json_option,
    number_type,
    print_json,
)
from syndicate.cli.covering import show_coverage
from syndicate.cli.drawing import draw_deliveries, draw_overview
from syndicate.cli.pause import line_of
from syndicate.cli.words import zoned_time
from syndicate.errors import UsageError
from syndicate.outbox import ledger
from syndicate.outbox.coverage import coverage
from syndicate.outbox.ledger import LedgerAlert
from syndicate.store.withdrawals import find_reinstated
from syndicate.words import say


@click.command("alerts")
@click.argument("number", metavar="[ID]", type=number_type, required=False)
@click.option(
    "--last",
    metavar="N",
    type=number_type,
    default=20,
    show_default=True,
    help="How many alerts to list.",
)
@click.option("--pings", is_flag=True, help="List what hubs were told instead.")
@config_option
@json_option
def alerts_command(
    number: int | None, last: int, *, pings: bool, as_json: bool
) -> None:
    """
    Show the ledger: each alert, and how it fared on each channel.

    With ID: one alert, with times, attempts, links and what each channel said.
    """
    with open_app(config_path()) as app:
        zone = app.config.site.zone
        if number is not None:
            alert = find(app, number)
            with app.store.read() as connection:
                thread = ledger.amended(connection, alert)
                again = _reinstated(connection, thread)
            _show_one(alert, thread, zone, reinstated=again, as_json=as_json)
            return
        alerts = _recent(app, last, pings=pings)
        pauses = [] if app.is_new else app.pauses()
    if as_json:
        print_json([as_result(alert) for alert in alerts])
    elif alerts:
        console = Console(highlight=False)
        console.print(draw_overview(alerts, console, zone))
    else:
        click.echo(say("no ping yet") if pings else say("no alert yet"))
    for pause in () if as_json else pauses:
        click.secho(line_of(pause, zone), fg="yellow")


def _recent(app: App, last: int, *, pings: bool) -> list[LedgerAlert]:
    if app.is_new:  # looking makes no database
        return []
    with app.store.read() as connection:
        return ledger.recent(connection, limit=last, pings=pings)


def find(app: Desk, number: int) -> LedgerAlert:
    """
    Give one alert of the ledger.

    Raises:
        UsageError: There is none of that number.
    """
    alert = None
    if not app.is_new:
        with app.store.read() as connection:
            alert = ledger.find_alert(connection, number)
    if alert is None:
        raise UsageError(
            "there is no alert {number}; `syndicate alerts` lists them",
            number=str(number),
        )
    return alert


def _reinstated(
    connection: Connection, thread: Sequence[LedgerAlert]
) -> datetime | None:
    """Say since when a post that was taken back stands in the feeds again."""
    taken = [each for each in thread if each.retracts is not None and each.identity]
    if not taken:
        return None
    return find_reinstated(connection, str(taken[-1].identity))


def _show_one(
    alert: LedgerAlert,
    thread: Sequence[LedgerAlert],
    zone: ZoneInfo,
    *,
    reinstated: datetime | None,
    as_json: bool,
) -> None:
    amends = alert.corrects is not None or alert.retracts is not None
    covered = coverage(alert, thread) if amends else []
    if as_json:
        print_json(
            as_result(alert)
            | ({"reinstated": reinstated} if reinstated else {})
            | ({"coverage": [asdict(c) for c in covered]} if amends else {})
        )
        return
    console = Console(highlight=False)
    time = zoned_time(alert.created_at, zone)
    who = say("by {who}, {time}", who=alert.who, time=time)
    console.print(
        f"[bold]{alert.id} {escape(alert.title)}[/bold] [dim]{escape(who)}[/]"
    )
    if alert.link:
        console.print(escape(alert.link), soft_wrap=True)
    for line in _relations(alert, thread):
        console.print(escape(line))
    if reinstated:
        since = zoned_time(reinstated, zone)
        console.print(
            say("its post stands in the feeds again since {time}", time=since)
        )
    console.print(draw_deliveries(alert, console, zone))
    if amends:
        show_coverage(covered)


def _relations(alert: LedgerAlert, thread: Sequence[LedgerAlert]) -> Iterator[str]:
    """Say which alert this one is about, and which are about this one."""
    if alert.corrects is not None:
        yield say("corrects alert {number}", number=str(alert.corrects))
    if alert.retracts is not None:
        yield say("takes back alert {number}", number=str(alert.retracts))
    for later in thread:
        if later.id > alert.id and later.retracts is not None:
            yield say("taken back by alert {number}", number=str(later.id))
        elif later.id > alert.id:
            yield say("corrected by alert {number}", number=str(later.id))


def as_result(alert: LedgerAlert) -> dict[str, Any]:
    """Give an alert for programs: times in ISO 8601, UTC."""
    return asdict(alert)
