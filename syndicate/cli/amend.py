"""``syndicate correct``, ``retract`` and ``reinstate``: what was told, put right."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from syndicate.app import App, open_app
from syndicate.app.amending import Amends, Wish
from syndicate.app.spending import prices
from syndicate.cli.asking import (
    accepted_before,
    ask,
    no_wait_option,
    request_option,
    yes_option,
)
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    number_type,
    operator,
    print_json,
)
from syndicate.cli.covering import show_coverage
from syndicate.cli.ledger import find
from syndicate.cli.live import follow_alert
from syndicate.cli.plans import as_result, show_plan
from syndicate.errors import UsageError
from syndicate.model import DeliveryState
from syndicate.outbox import ledger
from syndicate.outbox.acts import Purpose
from syndicate.outbox.amend import MovedOnError
from syndicate.outbox.coverage import Covered, coverage
from syndicate.words import say

LOOKS = 3
"""How often a plan is made again while messages move on."""

Dress = Callable[[Callable[..., Any]], Callable[..., Any]]
"""What gives a function an option."""

alert_argument = click.argument("number", metavar="ID", type=number_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a plan is carried out."""

    request_id: str | None
    dry_run: bool
    yes: bool
    no_wait: bool
    as_json: bool


def amending(words: Dress) -> Dress:
    """Give a command that puts right what was told its options, that for words first."""
    shared: Sequence[Dress] = (
        alert_argument,
        words,
        click.option(
            "--to", multiple=True, metavar="NAME", help="Default: all that were told."
        ),
        click.option(
            "--notice",
            is_flag=True,
            help="Also where it is in doubt whether they have it.",
        ),
        click.option(
            "--no-feeds",
            is_flag=True,
            help="Leave the post's entry in the feeds as it is.",
        ),
        request_option,
        click.option("--dry-run", is_flag=True, help="Show the plan; change nothing."),
        yes_option,
        no_wait_option,
        config_option,
        json_option,
    )

    def dressed(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in shared[::-1]:
            command = option(command)
        return command

    return dressed


@click.command("correct")
@amending(click.option("--text", metavar="T", required=True, help="What is right."))
def correct_command(text: str, **options: Any) -> None:
    """
    Put an alert right wherever it was told, by the best act each channel allows.

    A message is edited, or deleted and sent anew, or answered, or a notice follows it;
    one that has not left gives way to the right one. The plan is shown first, with the
    exact bodies. The post's entry in the feeds gets a note.

    Exit status: 0 done everywhere; 1 a channel refused; 4 something is in doubt.
    """
    _amend(Purpose.CORRECT, text, **options)


@click.command("retract")
@amending(
    click.option("--reason", metavar="R", required=True, help="Why. Readers see it.")
)
def retract_command(reason: str, **options: Any) -> None:
    """
    Take an alert back wherever it was told, and its corrections with it.

    What has not left is cancelled first. A message is deleted, or edited, or answered,
    or a notice follows it. The plan is shown first. The post leaves the feeds.

    Exit status: 0 done everywhere; 1 a channel refused; 4 something is in doubt.
    """
    _amend(Purpose.RETRACT, reason, **options)


@click.command("reinstate")
@alert_argument
@config_option
@json_option
def reinstate_command(number: int, *, as_json: bool) -> None:
    """Let the post of an alert that was taken back stand in the feeds again. Sends nothing."""
    with open_app(config_path()) as app:
        title = app.reinstate(number, who=operator())
    if as_json:
        print_json({"alert": number, "reinstated": title})
    else:
        click.echo(say("{title}: stands in the feeds again", title=title))


def _amend(
    purpose: Purpose,
    words: str,
    *,
    number: int,
    to: tuple[str, ...],
    notice: bool,
    no_feeds: bool,
    **how: Any,
) -> None:
    wish = Wish(
        number=number,
        purpose=purpose,
        words=words,
        to=to or None,
        who=operator(),
        insist=notice,
        feeds=not no_feeds,
    )
    _carry_out(wish, Options(**how))


def _carry_out(wish: Wish, options: Options) -> None:
    """Show the plan, ask, have it accepted, and follow it."""
    as_json = options.as_json
    with open_app(config_path()) as app:
        if app.is_new:
            raise UsageError(
                "there is no alert {number}; `syndicate alerts` lists them",
                number=str(wish.number),
            )
        number = accepted_before(app, options.request_id)
        if number is None:
            amends = _planned(app, wish, as_json=as_json)
            if options.dry_run or amends.is_idle:
                if as_json:
                    result = {"alert": None, "dry_run": options.dry_run}
                    costs = prices(app.roster, amends.outgoing)
                    print_json(as_result(amends, costs) | result)
                sys.exit(_idle(amends) if amends.is_idle else Exit.DONE)
            _ask(amends, yes=options.yes)
            number = _accepted(app, wish, amends=amends, options=options)
        sys.exit(_follow(app, number, wait=not options.no_wait, as_json=as_json))


def _planned(app: App, wish: Wish, *, as_json: bool) -> Amends:
    amends = app.plan_amends(wish)
    if not as_json:
        costs = prices(app.roster, amends.outgoing)
        show_plan(amends, costs, zone=app.config.site.zone, pauses=app.pauses())
    return amends


def _idle(amends: Amends) -> Exit:
    states = {choice.row.state for choice in amends.choices}
    return Exit.DOUBT if DeliveryState.IN_DOUBT in states else Exit.DONE


def _ask(amends: Amends, *, yes: bool) -> None:
    names = dict.fromkeys(choice.row.channel for choice in amends.choices)
    question = say("Do this on {names}?", names=", ".join(names))
    ask(question, yes=yes, declined="nothing was changed")


def _accepted(app: App, wish: Wish, *, amends: Amends, options: Options) -> int:
    """Accept a plan; where messages move on meanwhile, show it again as it is then."""
    for _ in range(LOOKS):
        try:
            return app.amend(amends, request_id=options.request_id)
        except MovedOnError as error:
            click.echo(str(error), err=True)
            amends = _planned(app, wish, as_json=options.as_json)
    return app.amend(amends, request_id=options.request_id)


def _follow(app: App, number: int, *, wait: bool, as_json: bool) -> Exit:
    """Show how each act fares, and in the end what readers see."""
    ended = follow_alert(app, number, wait=wait, as_json=as_json)
    alert = find(app, number)
    with app.store.read() as connection:
        covered = coverage(alert, ledger.amended(connection, alert))
    if as_json:
        print_json({"alert": number, "coverage": [asdict(c) for c in covered]})
    else:
        show_coverage(covered)
    return ended if ended is Exit.FAILED else _status(covered)


def _status(covered: list[Covered]) -> Exit:
    return Exit.DOUBT if any(each.is_doubtful for each in covered) else Exit.DONE
