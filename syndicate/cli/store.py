"""``syndicate store``."""

from pathlib import Path

import click

from syndicate.app.moving import move_store
from syndicate.app.opening import now_utc
from syndicate.cli.common import json_option, operator, print_json
from syndicate.errors import UsageError
from syndicate.words import Said, say


@click.group("store")
def store_command() -> None:
    """Look after the database."""


@store_command.command("migrate")
@click.argument("before", metavar="FROM")
@click.argument("after", metavar="TO")
@json_option
def migrate_command(before: str, after: str, *, as_json: bool) -> None:
    """
    Move the ledger from one database to another, such as from SQLite to PostgreSQL.

    FROM and TO are addresses as in store.url, or @FILE, a file that holds one. Nothing
    may run on either. FROM is left as it is, and paused.
    """
    counts = move_store(
        _address(before),
        _address(after),
        folder=Path.cwd(),
        who=operator(),
        now=now_utc(),
    )
    if as_json:
        print_json({"rows": counts})
        return
    click.echo(
        say(
            "moved: {rows:row|rows}, {alerts:alert|alerts} among them; all read back",
            rows=sum(counts.values()),
            alerts=counts["alerts"],
        )
    )
    click.echo(
        say(
            "now name the new database as store.url in config.toml; the old one is paused"
        )
    )


def _address(word: str) -> str:
    """Read an address from its file: on a command line everybody sees its password."""
    if not word.startswith("@"):
        return word
    try:
        return Path(word[1:]).read_text("utf-8").strip()
    except OSError as error:
        reason = Said(error.strerror or "")
        raise UsageError("{path}: {reason}", path=word[1:], reason=reason) from error
