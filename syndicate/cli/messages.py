"""Shows a draft: what each channel would be handed."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from syndicate.app import Draft
from syndicate.channels.terms.charges import Price, total
from syndicate.cli.panels import body_hash, draw_panel
from syndicate.model import Outgoing
from syndicate.words import say


def show_draft(
    draft: Draft,
    costs: Sequence[Price | None],
    *,
    zone: ZoneInfo,
    bodies: bool = False,
) -> None:
    """
    Print one panel per channel.

    Args:
        draft: The alert as it would be accepted.
        costs: Of its messages, in the same order.
        zone: The site's, for times.
        bodies: Show the exact body and its hash as well.
    """
    console = Console(highlight=False)
    for each, cost in zip(draft.outgoing, costs, strict=True):
        console.print(_panel(each, cost, bodies=bodies))
    if sums := total(filter(None, costs)):
        said = say("costs about {sum}", sum=", ".join(map(str, sums)))
        console.print(said)
    for name, how in draft.already.items():
        left = say("{name}: left out, {how}", name=name, how=how)
        console.print(f"[dim]{escape(left)}[/dim]")
    if draft.at:
        at = f"{draft.at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"
        console.print(say("not before {time}", time=at))


def _panel(each: Outgoing, cost: Price | None, *, bodies: bool) -> Panel:
    notes = ""
    if picture := each.picture:
        shown = say("picture {url}", url=picture.url)
        alt = say("alt text: {text}", text=picture.alt) if picture.alt else ""
        notes += f"\n\n{shown}\n{alt}".rstrip()
    if cost:
        notes += f"\n\n{say('costs about {sum}', sum=str(cost))}"
    kind = f" ({each.kind.rpartition(':')[2]})"
    return draw_panel(each, kind, notes=notes, body=bodies)


def as_result(draft: Draft, costs: Sequence[Price | None]) -> dict[str, Any]:
    """Give a draft for programs, with what its messages cost, in the same order."""
    alert = draft.alert
    return {
        "title": alert.title,
        "url": alert.link,
        "severity": str(alert.severity),
        "picture": alert.picture and alert.picture.url,
        "channels": [
            _as_result(each) | {"price": cost and price_as_result(cost)}
            for each, cost in zip(draft.outgoing, costs, strict=True)
        ],
        "already": dict(draft.already),
    }


def price_as_result(price: Price) -> dict[str, str]:
    """Give a price for programs: its amount as text, exact."""
    return {"amount": str(price.amount), "currency": price.currency}


def _as_result(each: Outgoing) -> dict[str, Any]:
    return {
        "channel": each.channel,
        "kind": each.kind,
        "text": each.text,
        "count": each.count,
        "limit": each.limit,
        "unit": each.unit,
        "warnings": list(each.warnings),
        "picture": each.picture and each.picture.url,
        "alt": each.picture and each.picture.alt,
        "body": each.body,
        "sha256": body_hash(each),
    }
