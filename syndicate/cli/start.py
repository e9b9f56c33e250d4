"""``syndicate init``."""

from pathlib import Path

import click

from syndicate.app.starting import EXAMPLE, start
from syndicate.cli.common import json_option, print_json


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@json_option
def init_command(folder: Path, *, as_json: bool) -> None:
    """
    Write a first config.toml into DIR (default: here).

    Reads a Jekyll _config.yml or a Hugo configuration if there is one, and says what it
    took from it. Overwrites nothing and needs no network.
    """
    started = start(folder)
    if as_json:
        print_json(
            {
                "path": str(started.path),
                "source": started.source,
                "took": dict(started.took),
            }
        )
        return
    click.echo(f"wrote {started.path}")
    for key, value in started.took.items():
        click.echo(f"  {key} = {value}    (from {started.source})")
    if "site.url" not in started.took:
        click.echo(f"  set site.url: it says {EXAMPLE}, which is nobody's")
    there = "" if folder == Path() else f" -c {started.path}"
    click.echo(f"next: syndicate check{there}, then syndicate run{there}")
