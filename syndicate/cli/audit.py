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

    Prints the head. Note it elsewhere and hand it over with --head another day: only so
    can it be seen that the newest rows were cut off.
    """
    with open_app(config_path()) as app:
        if app.is_new:
            raise UsageError("there is no database yet")
        with app.store.read() as connection:
            chain = audit.verify(connection, noted=head)
    if as_json:
        print_json({**asdict(chain), "is_whole": chain.is_whole, "mark": chain.mark})
    elif chain.is_whole:
        click.echo(say("{rows:row|rows}, each as it was written", rows=chain.rows))
        click.echo(say("head  {mark}", mark=chain.mark))
    else:
        broken = chain.broken or ""
        click.secho(say("the chain is broken: {broken}", broken=broken), fg="red")
        click.echo(say("whole up to  {mark}", mark=chain.mark))
    sys.exit(Exit.DONE if chain.is_whole else Exit.FAILED)
