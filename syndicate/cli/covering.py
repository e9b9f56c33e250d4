"""Shows how far a correction or a retraction has got, message by message."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from syndicate.cli.drawing import NARROW, below
from syndicate.outbox.coverage import Covered
from syndicate.words import phrase, say
from syndicate.words.stored import retold


def show_coverage(covered: Sequence[Covered]) -> None:
    """Print a line for each message, and how many readers are reached."""
    console = Console(highlight=False)
    reached = sum(each.is_reached for each in covered)
    said = say(
        "covered: {reached} of {all}", reached=str(reached), all=str(len(covered))
    )
    console.print(f"[bold]{escape(said)}[/]")
    if console.width < NARROW:
        for each in covered:
            console.print(f"[bold]{escape(each.channel)}[/] {_outcome(each)}")
            if rest := _rest(each):
                console.print(below(escape(rest)))
        return
    names = [phrase("channel"), phrase("what readers see"), phrase("where")]
    table = Table(*names, box=box.SIMPLE_HEAD)
    for each in covered:
        table.add_row(escape(each.channel), _outcome(each), escape(_rest(each)))
    console.print(table)


def _outcome(each: Covered) -> str:
    colour = "green" if each.is_reached else "yellow"
    return f"[{colour}]{escape(phrase(each.outcome))}[/]"


def _rest(each: Covered) -> str:
    return each.where or retold(each.reason)
