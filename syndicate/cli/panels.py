"""Draws one message in a box: its words above, how long they are below."""

import hashlib

from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from syndicate.model import Outgoing
from syndicate.words import ENGLISH, Said, language, phrase, say


def draw_panel(each: Outgoing, what: str, *, notes: str = "", body: bool) -> Panel:
    """
    Draw a message.

    Args:
        each: What a channel is handed.
        what: Stands behind the channel's name, in the box's edge.
        notes: Said below the words: a picture, a price.
        body: Whether the exact body and its hash are shown as well.
    """
    text = Text(each.text)
    text.append(notes, style="dim")
    for warning in each.warnings:
        text.append(f"\n{phrase(warning)}", style="yellow")
    if body:
        text.append(f"\n\n{each.body}\nsha256 {body_hash(each)}", style="dim")
    return Panel(
        text,
        title=f"{escape(each.channel)}{escape(what)}",
        title_align="left",
        subtitle=say(
            "{count} of {limit} {unit}",
            count=each.count,
            limit=each.limit,
            unit=_unit(each.unit),
        ),
        subtitle_align="right",
    )


def _unit(name: str) -> Said:
    """Name a unit. One that a kind counts by itself has no Korean of its own."""
    is_foreign = language() != ENGLISH and phrase(name) == name
    return Said("units" if is_foreign else name)


def body_hash(each: Outgoing) -> str:
    """SHA-256 of the body's UTF-8, hexadecimal: what the outbox checks at send."""
    return hashlib.sha256(each.body.encode()).hexdigest()
