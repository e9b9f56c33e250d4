"""Draws the ledger: as tables, or as lines where a terminal is too narrow for them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from syndicate.cli.words import clock_time, zone_name, zoned_time
from syndicate.model import Act, DeliveryState
from syndicate.outbox.ledger import LedgerAlert, LedgerDelivery
from syndicate.words import phrase, say
from syndicate.words.stored import retold

NARROW = 60
"""Columns below which a table folds so often that nobody can read it."""

STATES = {
    DeliveryState.HELD: ("held: waits for a person", "yellow"),
    DeliveryState.QUEUED: ("queued", "cyan"),
    DeliveryState.SENDING: ("sending", "cyan"),
    DeliveryState.SENT: ("sent", "green"),
    DeliveryState.IN_DOUBT: ("in doubt: may have arrived", "yellow"),
    DeliveryState.FAILED: ("failed", "red"),
    DeliveryState.EXPIRED: ("expired: too late to send", "red"),
    DeliveryState.CANCELLED: ("cancelled", "dim"),
    DeliveryState.RETRACTING: ("being changed or withdrawn", "yellow"),
    DeliveryState.RETRACTED: ("changed or withdrawn", "dim"),
}

ACTS = {
    Act.EDIT: "edit",
    Act.DELETE: "deletion",
    Act.REPLACE: "new message",
    Act.REPLY: "answer",
    Act.NOTICE: "notice",
}


def draw_overview(
    alerts: Sequence[LedgerAlert], console: Console, zone: ZoneInfo
) -> RenderableType:
    """Draw every alert and the states of its channels; times are told in a zone."""
    if console.width < NARROW:
        return Group(*(line for alert in alerts for line in _folded(alert, zone)))
    when = say("when ({zone})", zone=zone_name(zone))
    names = (phrase("id"), when, phrase("alert"), phrase("channels"))
    table = Table(*names, box=box.SIMPLE_HEAD)
    for alert in alerts:
        table.add_row(
            str(alert.id),
            clock_time(alert.created_at, zone),
            escape(alert.title),
            "\n".join(_states(alert)),
        )
    return table


def _folded(alert: LedgerAlert, zone: ZoneInfo) -> Iterator[RenderableType]:
    yield f"[bold]{alert.id}[/] {escape(alert.title)}"
    yield below(f"[dim]{zoned_time(alert.created_at, zone)}[/]")
    yield from map(below, _states(alert))


def below(line: str) -> RenderableType:
    """Set a line in below another, however often it folds."""
    return Padding(line, (0, 0, 0, 2))


def _states(alert: LedgerAlert) -> list[str]:
    """Give one line per state, the channels that are in it behind."""
    grouped: dict[str, list[str]] = {}
    for each in alert.deliveries:
        grouped.setdefault(_coloured(each), []).append(each.name)
    if not grouped:
        return [f"[dim]{say('{channels:channel|channels}', channels=0)}[/]"]
    return [f"{state} {escape(', '.join(names))}" for state, names in grouped.items()]


def draw_deliveries(
    alert: LedgerAlert, console: Console, zone: ZoneInfo
) -> RenderableType:
    """Draw how an alert fares, channel by channel; times are told in a zone."""
    if console.width < NARROW:
        return Group(*(line for d in alert.deliveries for line in _lines(d, zone)))
    at = say("at ({zone})", zone=zone_name(zone))
    names = [phrase("channel"), phrase("state"), phrase("tries"), at, phrase("where")]
    table = Table(*names, box=box.SIMPLE_HEAD)
    for each in alert.deliveries:
        table.add_row(
            escape(each.name),
            _coloured(each),
            str(each.attempts),
            clock_time(each.changed_at, zone),
            escape(_rest(each, zone)),
        )
    return table


def _lines(each: LedgerDelivery, zone: ZoneInfo) -> Iterator[RenderableType]:
    yield f"[bold]{escape(each.name)}[/] {_coloured(each)}"
    tries = say("{tries:try|tries}", tries=each.attempts)
    yield below(f"[dim]{tries}, {zoned_time(each.changed_at, zone)}[/]")
    if rest := _rest(each, zone):
        yield below(escape(rest))


def _coloured(each: LedgerDelivery) -> str:
    return f"[{STATES[each.state][1]}]{words_of(each)}[/]"


def words_of(each: LedgerDelivery) -> str:
    """Say what a delivery does, where that is more than to send, and how it stands."""
    state = phrase(STATES[each.state][0])
    return f"{phrase(ACTS[each.act])}: {state}" if each.act in ACTS else state


def line_of(each: LedgerDelivery, zone: ZoneInfo) -> str:
    """Say one line about one channel."""
    rest = _rest(each, zone)
    return f"{each.name}: {words_of(each)}{f': {rest}' if rest else ''}"


def _rest(each: LedgerDelivery, zone: ZoneInfo) -> str:
    error = retold(each.last_error or "")
    if each.state is DeliveryState.IN_DOUBT:
        number = str(each.id)
        return say("{error} (delivery {number})", error=error, number=number).strip()
    if each.state is DeliveryState.QUEUED and each.due_at > datetime.now(UTC):
        time = zoned_time(each.due_at, zone)
        if each.last_error:
            return say("{error}; next try {time}", error=error, time=time)
        return say("not before {time}", time=time)
    if each.state is DeliveryState.SENT and each.remote_url and each.last_error:
        return f"{each.remote_url}; {error}"
    return each.remote_url or str(error) or each.remote_id or ""
