"""``syndicate build`` and ``syndicate check``."""

import sys
from typing import Any

import click

from syndicate.app import Built, check, open_app, open_config
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    print_json,
)
from syndicate.cli.problems import as_result, show_problems
from syndicate.cli.words import count, listed, near
from syndicate.errors import Gravity


@click.command("build")
@config_option
@json_option
def build_command(*, as_json: bool) -> None:
    """
    Read the posts and write the feeds, once.

    Sends no alert: a new post that a rule asks an alert for is left to `syndicate run`.
    Same posts, same bytes: a feed is replaced only when its content changed.
    """
    with open_app(config_path()) as app:
        built = app.build()
    if as_json:
        print_json(_as_result(built))
        return
    show_problems(built.problems)
    look = built.look
    click.echo(
        f"posts  {count(look.posts, 'post')}: {len(look.new):,} new, "
        f"{len(look.changed):,} changed, {len(look.gone):,} gone"
    )
    wrote = listed(built.files) or "nothing changed"
    took = f"({built.seconds * 1000:.0f} ms)"
    click.echo(f"feeds  {wrote} in {near(built.folder)} {took}")
    if look.unheard:
        click.echo(
            f"alerts {count(len(look.unheard), 'post')} would alert: "
            f"{listed(look.unheard)}; `syndicate run` sends"
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
    checked = check(open_config(config_path()))
    errors = sum(p.gravity is Gravity.ERROR for p in checked.problems)
    warnings = len(checked.problems) - errors
    if as_json:
        print_json(
            {
                "files": checked.files,
                "posts": checked.posts,
                "errors": errors,
                "warnings": warnings,
                "problems": list(map(as_result, checked.problems)),
            }
        )
    else:
        show_problems(checked.problems)
        click.echo(
            f"{count(checked.files, 'file')} read: {count(checked.posts, 'post')}, "
            f"{count(errors, 'error')}, {count(warnings, 'warning')}"
        )
    if errors:
        sys.exit(Exit.INPUT)
