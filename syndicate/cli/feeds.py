"""``syndicate build`` and ``syndicate check``."""

import sys
from typing import Any

import click

from syndicate.app import Built, build
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    print_json,
)
from syndicate.cli.problems import as_result, show_problems, show_some
from syndicate.cli.summary import Summary
from syndicate.cli.words import near
from syndicate.errors import Gravity
from syndicate.words import Said, listed, say


@click.command("build")
@config_option
@json_option
def build_command(*, as_json: bool) -> None:
    """
    Read the posts and write the feeds, once.

    Sends no alert: a new post that a rule asks an alert for is left to `syndicate run`.
    Same posts, same bytes: a feed is replaced only when its content changed. Exit status
    2 if there is an error in a post, though the feeds are written without it.
    """
    built = build(config_path())
    if as_json:
        print_json(_as_result(built))
    else:
        _tell(built)
    if any(problem.gravity is Gravity.ERROR for problem in built.problems):
        sys.exit(Exit.INPUT)


def _tell(built: Built) -> None:
    """Print what a build found and did."""
    show_some(built.problems)
    look = built.look
    click.echo(
        say(
            "posts  {posts:post|posts}: {new} new, {changed} changed, {gone} gone",
            posts=look.posts,
            new=len(look.new),
            changed=len(look.changed),
            gone=len(look.gone),
        )
    )
    click.echo(
        say(
            "feeds  {files} in {folder} ({took} ms)",
            files=listed(built.files) or Said("nothing changed"),
            folder=near(built.folder),
            took=round(built.seconds * 1000),
        )
    )
    if look.unheard:
        click.echo(
            say(
                "alerts {posts:post|posts} would alert: {names}; `syndicate run` sends",
                posts=len(look.unheard),
                names=listed(look.unheard),
            )
        )


def _as_result(built: Built) -> dict[str, Any]:
    look = built.look
    return {
        "posts": look.posts,
        "new": list(look.new),
        "changed": list(look.changed),
        "gone": list(look.gone),
        "unheard": list(look.unheard),
        "first_run": look.first_run,
        "folder": str(built.folder),
        "files": list(built.files),
        "milliseconds": round(built.seconds * 1000),
        "problems": list(map(as_result, built.problems)),
    }


@click.command("check")
@config_option
@json_option
def check_command(*, as_json: bool) -> None:
    """
    Read the configuration and every post, and name each problem as file:line:col.

    Sends nothing and writes nothing. Exit status 2 if there is an error.
    """
    from syndicate.app import check, open_config  # noqa: PLC0415, build needs neither

    checked = check(open_config(config_path()))
    summary = Summary(checked)
    if as_json:
        print_json(summary.as_result())
    else:
        show_problems(checked.problems)
        click.echo("\n".join(summary.lines()))
    if summary.errors:
        sys.exit(Exit.INPUT)
