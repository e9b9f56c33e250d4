"""``syndicate feeds``."""

from collections.abc import Sequence
from dataclasses import asdict
from html import escape

import click
from rich import box
from rich.console import Console
from rich.table import Table

from syndicate.app import App, open_app, open_config
from syndicate.app.polling import DAYS, Readership, readership
from syndicate.cli.common import config_option, config_path, json_option, print_json
from syndicate.config import Config
from syndicate.errors import StoreError
from syndicate.feeds.feed import site_feed
from syndicate.feeds.standing import Standing, standing
from syndicate.words import phrase, say

MOST = 30
"""Rows of readers that are shown; ``--json`` has all."""


@click.command("feeds")
@click.option("--html", "as_html", is_flag=True, help="Print <link>s to paste.")
@config_option
@json_option
def feeds_command(*, as_html: bool, as_json: bool) -> None:
    """
    List the feeds that are written, and who has asked for them in the last week.

    With --html, the tags by which browsers and readers discover the feeds of the site:
    paste them into the <head> of its pages.
    """
    if as_html:
        _show_links(open_config(config_path()))
        return
    with open_app(config_path()) as app:
        found = list(standing(app.config))
        readers = _readers(app)
    if as_json:
        print_json([_as_result(each, readers) for each in found])
        return
    _show(found)
    if readers:
        _show_readers(readers)


def _readers(app: App) -> list[Readership]:
    """Give who asks; the feeds are listed all the same where nobody can tell."""
    try:
        return readership(app.store, now=app.clock())
    except StoreError as error:
        told = say("who reads them is not known: {reason}", reason=error)
        click.echo(f"syndicate: {told}", err=True)
        return []


def _as_result(feed: Standing, readers: Sequence[Readership]) -> dict[str, object]:
    own = [asdict(each) for each in readers if each.feed == feed.name]
    return asdict(feed) | {"readers": own}


def _show_links(config: Config) -> None:
    for each in standing(config):
        if "/" not in each.name:
            click.echo(_link(each, config))


def _link(feed: Standing, config: Config) -> str:
    title = escape(f"{site_feed([], config).title} ({feed.format})")
    return (
        f'<link rel="alternate" type="{feed.media_type}" title="{title}"'
        f' href="{escape(feed.address)}">'
    )


def _table(*columns: str) -> Table:
    """Make a table; columns after the first hold numbers, but for those of names."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        names = column in ("feed", "reader")
        table.add_column(
            phrase(column),
            overflow="fold" if names else "ellipsis",
            justify="left" if names else "right",
        )
    return table


def _show(found: Sequence[Standing]) -> None:
    if all(each.size is None for each in found):
        click.echo(say("no feed is written yet; `syndicate build` writes them"))
        return
    table = _table("feed", "entries", "bytes")
    for each in found:
        table.add_row(
            each.address,
            "-" if each.entries is None else f"{each.entries:,}",
            "-" if each.size is None else f"{each.size:,}",
        )
    Console().print(table)


def _show_readers(readers: Sequence[Readership]) -> None:
    click.echo(say("readers, last {days:day|days}", days=DAYS))
    table = _table("reader", "feed", "subscribers", "polls a day", "304", "bytes")
    for each in readers[:MOST]:
        table.add_row(
            each.reader,
            each.feed,
            "-" if each.subscribers is None else f"{each.subscribers:,}",
            f"{each.a_day:,}",
            f"{each.unmodified:.0%}",
            f"{each.size_bytes:,}",
        )
    Console().print(table)
    if len(readers) > MOST:
        click.echo(say("{more} more: --json lists all", more=len(readers) - MOST))
