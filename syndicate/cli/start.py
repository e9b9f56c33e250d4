"""``syndicate init``."""

from collections.abc import Iterator
from pathlib import Path

import click

from syndicate.app.starting import EXAMPLE, Started, start
from syndicate.app.toml_text import written
from syndicate.cli.common import json_option, print_json
from syndicate.words import say


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@json_option
def init_command(folder: Path, *, as_json: bool) -> None:
    """
    Write a first config.toml into DIR (default: here).

    Reads a configuration of Jekyll, Hugo or Eleventy if there is one, and says what it
    took from it. Overwrites nothing and needs no network.
    """
    started = start(folder)
    if as_json:
        print_json(
            {
                "path": str(started.path),
                "source": started.source,
                "took": dict(started.took),
                "unread": started.unread,
            }
        )
        return
    click.echo(say("wrote {path}", path=str(started.path)))
    for key, value in started.took.items():
        source = say("from {file}", file=started.source)
        click.echo(f"  {key} = {written(value)}    ({source})")
    for said in _left_to_do(started):
        click.echo(f"  {said}")
    there = "" if folder == Path() else f" -c {started.path}"
    told = say(
        "next: {check}, then {run}",
        check=f"syndicate check{there}",
        run=f"syndicate run{there}",
    )
    click.echo(told)


def _left_to_do(started: Started) -> Iterator[str]:
    """Say what a person has yet to set."""
    if "site.url" not in started.took:
        yield say("set site.url: it says {url}, which is nobody's", url=EXAMPLE)
    if started.source and "posts.dir" not in started.took:
        yield say("set posts.dir: no folder of posts was found")
    if started.unread:
        yield say(
            "{name} is not read: set posts.dir and posts.permalink, so that links lead to"
            " its pages",
            name=started.unread,
        )
