"""Shows a draft: what each channel would be handed."""

import hashlib
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from syndicate.app import Draft
from syndicate.channels.terms.charges import Price, total
from syndicate.model import Outgoing
from syndicate.words import Said, phrase, say


def show_draft(
    draft: Draft, costs: Sequence[Price | None], *, bodies: bool = False
) -> None:
    """
    Print one panel per channel.

    Args:
        draft: The alert as it would be accepted.
        costs: Of its messages, in the same order.
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
        at = f"{draft.at.astimezone():%Y-%m-%d %H:%M:%S %Z}"
        console.print(say("not before {time}", time=at))


def _panel(each: Outgoing, cost: Price | None, *, bodies: bool) -> Panel:
    text = Text(each.text)
    if picture := each.picture:
        shown = say("picture {url}", url=picture.url)
        alt = say("alt text: {text}", text=picture.alt) if picture.alt else ""
        text.append(f"\n\n{shown}\n{alt}".rstrip(), style="dim")
    if cost:
        text.append(f"\n\n{say('costs about {sum}', sum=str(cost))}", style="dim")
    for warning in each.warnings:
        text.append(f"\n{phrase(warning)}", style="yellow")
    if bodies:
        text.append(f"\n\n{each.body}\nsha256 {body_hash(each)}", style="dim")
    return Panel(
        text,
        title=f"{escape(each.channel)} ({each.kind.rpartition(':')[2]})",
        title_align="left",
        subtitle=say(
            "{count} of {limit} {unit}",
            count=each.count,
            limit=each.limit,
            unit=Said(each.unit),
        ),
        subtitle_align="right",
    )


def body_hash(each: Outgoing) -> str:
    """SHA-256 of the body's UTF-8, hexadecimal: what the outbox checks at send."""
    return hashlib.sha256(each.body.encode()).hexdigest()


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
