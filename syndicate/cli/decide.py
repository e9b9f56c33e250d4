"""
What a person decides: ``approve``, ``reject``, ``cancel``, ``resolve``.

Each is one transaction, with the person's name in the audit log.
"""

import sys
from collections.abc import Callable

import click

from syndicate.app import App, open_app
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    number_type,
    operator,
    print_json,
)
from syndicate.cli.ledger import as_result, find
from syndicate.errors import UsageError
from syndicate.outbox.actions import Word
from syndicate.words import Said, say

NOTHING = (
    "alert {number}: nothing of it is waiting; "
    "`syndicate alerts {number}` shows what became of it"
)
DONE = {
    Word.SENT: "taken as sent",
    Word.RESEND: "goes out again",
    Word.CANCEL: "left as it is",
}

alert_argument = click.argument("number", metavar="ID", type=number_type)
held_argument = click.argument(
    "number", metavar="[ID]", type=number_type, required=False
)
all_option = click.option(
    "--all", "everything", is_flag=True, help="All that are held."
)
rule_option = click.option("--rule", metavar="NAME", help="All held ones of this rule.")
reason_option = click.option("--reason", metavar="R", default="", help="For the log.")


@click.command("approve")
@held_argument
@all_option
@rule_option
@config_option
@json_option
def approve_command(
    number: int | None, rule: str | None, *, everything: bool, as_json: bool
) -> None:
    """
    Let a held alert go, or all of them.

    Whoever asked for it cannot: it waits for a second person.
    """
    if number is None:
        _decide_all(
            lambda app, who: app.approve_all(who=who, rule=rule),
            "{alerts:alert|alerts} let go",
            meant=everything or rule is not None,
            as_json=as_json,
        )
        return
    _decide(
        number,
        lambda app, who: app.approve(number, who=who),
        "alert {number}: {messages:message|messages} let go",
        as_json=as_json,
    )


@click.command("reject")
@held_argument
@all_option
@rule_option
@reason_option
@config_option
@json_option
def reject_command(
    number: int | None,
    rule: str | None,
    reason: str,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Turn a held alert down, or all of them; nothing of it is sent."""
    if number is None:
        _decide_all(
            lambda app, who: app.reject_all(who=who, rule=rule, reason=reason),
            "{alerts:alert|alerts} turned down",
            meant=everything or rule is not None,
            as_json=as_json,
        )
        return
    _withdraw(number, reason, as_json=as_json)


@click.command("cancel")
@alert_argument
@reason_option
@config_option
@json_option
def cancel_command(number: int, reason: str, *, as_json: bool) -> None:
    """
    Withdraw what of an alert has not left yet.

    What was sent, or is being sent at this moment, stays.
    """
    _withdraw(number, reason, as_json=as_json)


@click.command("resolve")
@click.argument("delivery", type=number_type)
@click.argument("word", type=click.Choice([word.value for word in Word]))
@reason_option
@config_option
@json_option
def resolve_command(delivery: int, word: str, reason: str, *, as_json: bool) -> None:
    """
    Settle a DELIVERY that is in doubt, after looking at the channel.

    Say `sent` if it is there, `resend` if it is not and should go out again, `cancel`
    to leave it: whether it arrived stays unknown then. `syndicate alerts ID` shows the
    number of a delivery in doubt.
    """
    with open_app(config_path()) as app:
        app.resolve(delivery, Word(word), who=operator(), reason=reason)
    if as_json:
        print_json({"delivery": delivery, "word": word})
    else:
        said = Said(DONE[Word(word)])
        click.echo(say("delivery {number}: {word}", number=str(delivery), word=said))


def _decide_all(
    act: Callable[[App, str], dict[int, int]], done: str, *, meant: bool, as_json: bool
) -> None:
    if not meant:
        raise UsageError("name the ID of an alert, or say --all or --rule NAME")
    with open_app(config_path()) as app:
        decided = act(app, operator())
    if as_json:
        print_json({"alerts": list(decided)})
    else:
        click.echo(say(done, alerts=len(decided)))


def _withdraw(number: int, reason: str, *, as_json: bool) -> None:
    _decide(
        number,
        lambda app, who: app.cancel(number, who=who, reason=reason),
        "alert {number}: {messages:message|messages} withdrawn",
        as_json=as_json,
    )


def _decide(
    number: int, act: Callable[[App, str], int], done: str, *, as_json: bool
) -> None:
    with open_app(config_path()) as app:
        changed = act(app, operator())
        alert = find(app, number)
    if as_json:
        print_json(as_result(alert))
    elif changed:
        click.echo(say(done, number=str(number), messages=changed))
    else:
        click.echo(say(NOTHING, number=str(number)), err=True)
    if not changed:
        sys.exit(Exit.FAILED)
