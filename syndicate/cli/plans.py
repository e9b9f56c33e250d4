"""Shows a correction or a retraction before it is accepted."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from syndicate.app.amending import Amends
from syndicate.channels.terms.charges import Price, total
from syndicate.cli.drawing import NARROW, STATES, below
from syndicate.cli.messages import price_as_result
from syndicate.cli.panels import body_hash, draw_panel
from syndicate.cli.pause import line_of
from syndicate.model import Act, DeliveryState, Outgoing
from syndicate.outbox.acts import Choice
from syndicate.store.rows import Switch
from syndicate.words import Said, phrase, say

WAYS = {
    (Act.EDIT,): ("edit", "the right words in its place"),
    (Act.DELETE,): ("delete", "nothing any more"),
    (Act.DELETE, Act.REPLACE): (
        "delete and send anew",
        "a new message; the old is gone",
    ),
    (Act.REPLY,): ("answer", "the message, and an answer to it"),
    (Act.NOTICE,): ("notice", "the message, and a notice"),
    (Act.SEND,): ("send the right one", "only the right message"),
    (Act.REPLACE,): ("send the right one", "only the right message"),
}
"""What an act is called, and what readers will see."""


def show_plan(
    amends: Amends,
    costs: Sequence[Price | None],
    *,
    zone: ZoneInfo,
    pauses: Sequence[Switch] = (),
) -> None:
    """Print a table of the acts, then the exact bodies, and about what all of it costs."""
    console = Console(highlight=False)
    console.print(_drawn(amends, console) if amends.choices else _idle(amends))
    for each in amends.outgoing:
        if each.act is not Act.DELETE:
            console.print(_panel(each))
    if sums := total(filter(None, costs)):
        console.print(say("costs about {sum}", sum=", ".join(map(str, sums))))
    if amends.follows:
        retracts = amends.alert.retracts is not None
        said = (
            "feeds: the post leaves them, and a tombstone stays"
            if retracts
            else "feeds: the post's entry counts as updated, and has a note"
        )
        console.print(phrase(said))
    for pause in pauses:
        console.print(f"[yellow]{escape(line_of(pause, zone))}[/]")


def _drawn(amends: Amends, console: Console) -> RenderableType:
    """Draw the acts as a table, or as lines where a terminal is too narrow for it."""
    names = ("channel", "now", "act", "readers will see")
    table = Table(*map(phrase, names), box=box.SIMPLE_HEAD)
    lines: list[RenderableType] = []
    for choice in amends.choices:
        words = _words(choice, retracts=amends.alert.retracts is not None)
        act, seen = map(escape, words)
        channel = escape(_place(choice, amends.choices))
        state = phrase(STATES[choice.row.state][0])
        table.add_row(channel, state, act, seen)
        lines += [f"[bold]{channel}[/] {state}", below(f"{act}: {seen}")]
    return Group(*lines) if console.width < NARROW else table


def _place(choice: Choice, choices: Sequence[Choice]) -> str:
    """Name a message's channel, and its alert, where there are several."""
    row = choice.row
    if len({each.row.alert_id for each in choices}) == 1:
        return row.channel
    return say(
        "{channel}, alert {number}", channel=row.channel, number=str(row.alert_id)
    )


def _idle(amends: Amends) -> str:
    if amends.before is None:
        return say("nothing of it is out")
    return say("alert {number} took it back already", number=str(amends.before))


def _words(choice: Choice, *, retracts: bool) -> tuple[str, str]:
    """Say what is done about a message, and what readers will see."""
    why = str(Said(choice.why))
    if not choice.acts:
        if choice.is_called_off and not choice.row.ambiguous:
            return phrase("cancel"), phrase("nothing: it had not left")
        return phrase("nothing"), why
    act, seen = map(phrase, WAYS[choice.acts])
    if retracts and choice.acts == (Act.EDIT,):
        seen = phrase("in its place, that it was taken back")
    if choice.row.state is DeliveryState.IN_DOUBT and choice.acts != (Act.NOTICE,):
        act = say("{act}, once it is found", act=act)
    return act, f"{seen} ({why})" if why else seen


def _panel(each: Outgoing) -> Panel:
    return draw_panel(each, f": {phrase(WAYS[(each.act,)][0])}", body=True)


def as_result(amends: Amends, costs: Sequence[Price | None]) -> dict[str, Any]:
    """Give a plan for programs, with what its acts cost, in the same order."""
    return {
        "corrects": amends.alert.corrects,
        "retracts": amends.alert.retracts,
        "feeds": amends.follows,
        "messages": [
            {
                "channel": choice.row.channel,
                "alert": choice.row.alert_id,
                "delivery": choice.row.id,
                "state": choice.row.state.value,
                "acts": [act.value for act in choice.acts],
                "called_off": choice.is_called_off,
                "why": str(Said(choice.why)),
            }
            for choice in amends.choices
        ],
        "bodies": [
            {
                "channel": each.channel,
                "act": each.act.value,
                "delivery": each.target,
                "text": each.text,
                "body": each.body,
                "sha256": body_hash(each),
                "warnings": list(each.warnings),
                "price": cost and price_as_result(cost),
            }
            for each, cost in zip(amends.outgoing, costs, strict=True)
        ],
    }
