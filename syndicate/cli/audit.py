"""``syndicate audit verify``: whether the audit log is as it was written."""

import sys
from dataclasses import asdict

import click

from syndicate.app import open_app
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    print_json,
)
from syndicate.errors import UsageError
from syndicate.store import audit
from syndicate.store.agreeing import Mismatch, find_mismatch
from syndicate.words import say


@click.group("audit")
def audit_command() -> None:
    """Look after the audit log: every transition, chained."""


@audit_command.command("verify")
@click.option("--head", metavar="NUMBER:HASH", help="A head that was noted earlier.")
@config_option
@json_option
def verify_command(head: str | None, *, as_json: bool) -> None:
    """
    Walk the chain of the audit log, and find the first row that breaks it.

    Then each delivery must stand in the ledger as the log left it. Prints the head.
    Note it elsewhere and hand it over with --head another day: only so can it be seen
    that the newest rows were cut off, or all were written anew.
    """
    with open_app(config_path()) as app:
        if app.is_new:
            raise UsageError("there is no database yet")
        with app.store.read() as connection:
            chain = audit.verify(connection, noted=head)
            odd = find_mismatch(connection)
    if as_json:
        found = {"is_whole": chain.is_whole, "mark": chain.mark}
        print_json({**asdict(chain), **found, "mismatch": odd and asdict(odd)})
    else:
        _show(chain)
        if odd:
            click.secho(_told(odd), fg="red")
    sys.exit(Exit.DONE if chain.is_whole and not odd else Exit.FAILED)


def _show(chain: audit.Chain) -> None:
    if chain.is_whole:
        click.echo(say("{rows:row|rows}, each as it was written", rows=chain.rows))
        click.echo(say("head  {mark}", mark=chain.mark))
    else:
        broken = chain.broken or ""
        click.secho(say("the chain is broken: {broken}", broken=broken), fg="red")
        click.echo(say("whole up to  {mark}", mark=chain.mark))


def _told(odd: Mismatch) -> str:
    words = {"number": str(odd.delivery), "state": odd.state}
    if odd.logged is None:
        return say("delivery {number} is {state}; the log does not know it", **words)
    return say(
        "delivery {number} is {state}; by the log it is {logged}",
        logged=odd.logged,
        **words,
    )
