"""``syndicate feeds``."""

from dataclasses import asdict
from html import escape

import click
from rich import box
from rich.console import Console
from rich.table import Table

from syndicate.app import open_config
from syndicate.cli.common import config_option, config_path, json_option, print_json
from syndicate.config import Config
from syndicate.feeds.feed import site_feed
from syndicate.feeds.standing import Standing, standing


@click.command("feeds")
@click.option("--html", "as_html", is_flag=True, help="Print <link>s to paste.")
@config_option
@json_option
def feeds_command(*, as_html: bool, as_json: bool) -> None:
    """
    List the feeds that are written: address, entries, size.

    With --html, the tags by which browsers and readers discover the feeds of the site:
    paste them into the <head> of its pages.
    """
    config = open_config(config_path())
    found = list(standing(config))
    if as_json:
        print_json([asdict(each) for each in found])
    elif as_html:
        for each in found:
            if "/" not in each.name:
                click.echo(_link(each, config))
    else:
        _show(found)


def _link(feed: Standing, config: Config) -> str:
    title = escape(f"{site_feed([], config).title} ({feed.format})")
    return (
        f'<link rel="alternate" type="{feed.media_type}" title="{title}"'
        f' href="{escape(feed.address)}">'
    )


def _show(found: list[Standing]) -> None:
    if all(each.size is None for each in found):
        click.echo("No feed is written yet; `syndicate build` writes them.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("feed", overflow="fold")
    table.add_column("entries", justify="right")
    table.add_column("bytes", justify="right")
    for each in found:
        table.add_row(
            each.address,
            "-" if each.entries is None else f"{each.entries:,}",
            "-" if each.size is None else f"{each.size:,}",
        )
    Console().print(table)
