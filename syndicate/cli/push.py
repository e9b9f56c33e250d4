"""``syndicate preview`` and ``syndicate push``."""

import sys
from pathlib import Path
from typing import Any

import click

from syndicate.app import App, Draft, Words, open_app
from syndicate.app.drill import drilling
from syndicate.app.spending import prices
from syndicate.cli import ledger
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
    operator,
    print_json,
)
from syndicate.cli.live import follow_alert, watch_alert
from syndicate.cli.messages import as_result, show_draft
from syndicate.cli.words import read_time
from syndicate.errors import UsageError
from syndicate.model import Severity
from syndicate.words import say

post_argument = click.argument("post", type=click.Path(path_type=Path))


@click.command("preview")
@post_argument
@click.option("--channel", "names", multiple=True, metavar="NAME", help="Default: all.")
@config_option
@json_option
def preview_command(post: Path, names: tuple[str, ...], *, as_json: bool) -> None:
    """
    Show what each channel would say about POST: text, picture, count, exact body.

    The bytes shown are the bytes sent. Sends nothing and remembers nothing.
    """
    with open_app(config_path()) as app:
        draft = app.draft(Words(post=post, to=names or None, again=True))
        costs, zone = prices(app.roster, draft.outgoing), app.config.site.zone
    if as_json:
        print_json(as_result(draft, costs))
    else:
        show_draft(draft, costs, zone=zone, bodies=True)


@click.command("push")
@click.argument("post", type=click.Path(path_type=Path), required=False)
@click.option("--text", metavar="T", help="Say this in place of title and excerpt.")
@click.option("--url", metavar="U", help="Link there in place of the permalink.")
@click.option("--image", metavar="F", help="Show the picture at this address.")
@click.option("--to", multiple=True, metavar="NAME", help="Default: all.")
@click.option(
    "--severity",
    type=click.Choice([str(each) for each in Severity]),
    default=str(Severity.BREAKING),
    show_default=True,
    help="How urgent it is.",
)
@click.option("--at", metavar="TIME", help="Not before: 18:30, or 2026-05-18T18:30.")
@click.option("--again", is_flag=True, help="Also where the post already went.")
@request_option
@click.option("--dry-run", is_flag=True, help="Show the messages; send nothing.")
@click.option("--drill", is_flag=True, help="Go the whole way; nothing leaves.")
@yes_option
@no_wait_option
@config_option
@json_option
def push_command(
    *,
    request_id: str | None,
    dry_run: bool,
    drill: bool,
    yes: bool,
    no_wait: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """
    Tell the channels now, about POST or with --text, whatever the rules say.

    Shows the exact text for each channel, asks once, and returns when the outbox holds
    it: from then on it survives a crash. Then shows how each channel fares. A post that
    already went to a channel is not sent there twice, unless --again.

    With --drill all of it happens on an outbox that ends with the command, to stand-ins
    that can reach nobody.

    Exit status: 0 accepted, and sent where it was waited for; 1 a channel refused it;
    4 a channel may or may not have it.
    """
    with open_app(config_path()) as app:
        draft = app.draft(_words(app, **asked, drill=drill))
        costs = prices(app.roster, draft.outgoing)
        if not as_json:
            show_draft(draft, costs, zone=app.config.site.zone)
        if drill and not dry_run:
            sys.exit(_drill(app, draft, yes=yes, as_json=as_json))
        if dry_run:
            if as_json:
                print_json(as_result(draft, costs) | {"alert": None, "dry_run": True})
            return
        number = accepted_before(app, request_id)
        if number is None:
            _ask(draft, yes=yes)
            number = app.push(draft, request_id=request_id)
        sys.exit(watch_alert(app, number, wait=not no_wait, as_json=as_json))


def _drill(app: App, draft: Draft, *, yes: bool, as_json: bool) -> Exit:
    """Do what ``push`` does, to stand-ins."""
    _ask(draft, yes=yes, question="A drill, which reaches nobody: send to {names}?")
    with drilling(app) as drill:
        number = drill.push(draft)
        ended = follow_alert(drill, number, wait=True, as_json=as_json)
        if as_json:
            print_json(ledger.as_result(ledger.find(drill, number)) | {"drill": True})
        else:
            click.echo(say("this was a drill: nothing left this machine"))
    return ended


def _words(
    app: App, *, severity: str, at: str | None, drill: bool, **asked: Any
) -> Words:
    """Read what an operator asks to tell; a drill may tell of a post that went."""
    zone, now = app.config.site.zone, app.clock()
    asked["again"] |= drill
    return Words(
        severity=Severity(severity),
        at=read_time(at, zone=zone, now=now) if at else None,
        who=operator(),
        **asked | {"to": asked["to"] or None},
    )


def _ask(draft: Draft, *, yes: bool, question: str = "Send to {names}?") -> None:
    if not draft.outgoing:
        raise UsageError("it already went to every channel; --again sends it again")
    names = ", ".join(each.channel for each in draft.outgoing)
    ask(say(question, names=names), yes=yes, declined="nothing was sent")
