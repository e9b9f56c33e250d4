"""``syndicate run``."""

import logging
from functools import partial
from pkgutil import resolve_name

import click

from syndicate import __version__
from syndicate.app import open_app
from syndicate.cli.common import config_option, config_path
from syndicate.cli.problems import show_problems
from syndicate.cli.words import clock_time, count, listed, near
from syndicate.config import Config
from syndicate.daemon import Daemon, Pass
from syndicate.errors import Gravity, SetupError

SITE = "syndicate.web.serve:make_site"
"""The site, by name, as servers name applications: cli and web are neighbours who do
not know each other, and only here do they meet."""


@click.command("run")
@config_option
def run_command() -> None:
    """
    Watch the posts, build and serve the feeds, send the alerts, until Ctrl-C.

    The first run takes what is there as its baseline and sends nothing. After that, a
    new post that a rule asks for goes out the moment it is saved.
    """
    _hear_the_rooms()
    with open_app(config_path()) as app:
        Daemon(
            app,
            web=partial(resolve_name(SITE), app.config),
            reporter=Terminal(app.config),
        ).run()


def _hear_the_rooms() -> None:
    """Show what lanes and feeds have to say, a line each, beside our own lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
    log = logging.getLogger("syndicate")
    log.addHandler(handler)
    log.setLevel(logging.INFO)


class Terminal:
    """Tells the person at the terminal what the service does."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def started(self, first: Pass, address: str, *, sending: bool) -> None:
        """Say that everything stands."""
        config, look = self.config, first.look
        show_problems(look.problems)
        click.secho(f"syndicate {__version__} · {config.site.name}", bold=True)
        broken = {p.file for p in look.problems if p.gravity is Gravity.ERROR}
        out = f", {count(len(broken), 'file')} left out" if broken else ""
        _line("posts", f"{count(look.posts, 'post')} in {near(config.posts_dir)}{out}")
        wrote = listed(first.files) or "unchanged"
        took = f"({first.seconds * 1000:.0f} ms)"
        _line("feeds", f"{wrote} in {near(config.feeds_dir)} {took}")
        if address:
            _line("web", f"http://{address}/feeds/")
        names = [channel.name for channel in config.channels]
        _line("alerts", f"to {listed(names) or 'nobody: no [[channels]] table'}")
        if not sending:
            _line("", "standing by: another process sends for this database")
        if look.first_run:
            _line("", f"first run: {count(look.posts, 'post')} known, nothing is sent")
        _line("", "save a post there and it is in the feeds; Ctrl-C stops")
        self._alerts(first)

    def passed(self, done: Pass) -> None:
        """Say what a pass changed."""
        show_problems(done.look.problems)
        look = done.look
        for word, paths in (
            ("new", look.new),
            ("changed", look.changed),
            ("gone", look.gone),
        ):
            if paths:
                _line(word, listed(paths), timed=True)
        if done.files:
            took = f"({done.seconds * 1000:.0f} ms)"
            _line("feeds", f"{listed(done.files)} {took}", timed=True)
        self._alerts(done)

    def troubled(self, trouble: SetupError) -> None:
        """Say what stands in the way."""
        click.secho(f"{clock_time()}  {trouble}; trying again", fg="red", err=True)

    def stopped(self) -> None:
        """Say goodbye."""
        _line("stopped", "what was accepted is in the outbox", timed=True)

    def _alerts(self, done: Pass) -> None:
        for alerted in done.look.alerts:
            held = f" (held: {alerted.alert.held})" if alerted.alert.held else ""
            to = listed(alerted.channels)
            _line(
                "alert", f"{alerted.id} {alerted.alert.title} → {to}{held}", timed=True
            )


def _line(word: str, rest: str, *, timed: bool = False) -> None:
    start = f"{clock_time()}  " if timed else "  "
    click.echo(start + click.style(f"{word:<9}", dim=True) + rest)
