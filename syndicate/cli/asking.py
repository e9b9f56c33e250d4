"""What ``push``, ``correct`` and ``retract`` share: asked once, accepted once."""

import sys

import click

from syndicate.app import App
from syndicate.cli.common import Exit
from syndicate.errors import UsageError
from syndicate.words import say

request_option = click.option(
    "--request-id", metavar="KEY", help="The same KEY is accepted once, however often."
)
yes_option = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
no_wait_option = click.option(
    "--no-wait", is_flag=True, help="Leave when the outbox holds it."
)


def ask(question: str, *, yes: bool, declined: str) -> None:
    """
    Ask once. Without a person to ask, only ``--yes`` is an answer.

    Args:
        question: What is asked, in words.
        yes: Whether it was answered on the command line.
        declined: A phrase, said where the answer is no; the command ends then.

    Raises:
        UsageError: Nobody is here to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("nobody is here to ask; say --yes to send")
    if not click.confirm(question, default=False, err=True):
        click.echo(say(declined), err=True)
        sys.exit(Exit.FAILED)


def accepted_before(app: App, request_id: str | None) -> int | None:
    """Give the alert that was accepted under a request's name, and say so."""
    before = app.accepted_before(request_id) if request_id else None
    if before is not None:
        told = say(
            "{name} is alert {number} already; nothing new",
            name=str(request_id),
            number=str(before),
        )
        click.echo(told, err=True)
    return before
