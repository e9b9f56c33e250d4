"""``syndicate run``."""

import logging
import sys
from datetime import timedelta
from pkgutil import resolve_name

import click
from rich.cells import cell_len

from syndicate import __version__
from syndicate.app import App, open_app
from syndicate.cli.common import config_option, config_path
from syndicate.cli.logs import logging_to
from syndicate.cli.pause import line_of
from syndicate.cli.problems import FEW, Once
from syndicate.cli.words import clock_time, near, zone_name
from syndicate.daemon import Chore, Daemon, Pass
from syndicate.errors import Gravity, SetupError
from syndicate.words import Said, listed, say

SITE = "syndicate.web.serve:make_site"
"""The site, by name, as servers name applications: cli and web are neighbours who do
not know each other, and only here do they meet."""

READERS = "syndicate.web.readers:Readers"
FLUSH = timedelta(minutes=1)
"""How often what readers ask for is written down."""

LEADS = "this daemon leads: it watches the posts and writes the feeds"
LOST = "lost: it may be another daemon's by now"
SHARES = "another daemon leads, this one sends; it takes over when that one ends"
WAITS = "standing by: another process leads and sends for this database"


@click.command("run")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    help="How events are written.  [default: text on a terminal, else json]",
)
@click.option(
    "--log-level",
    type=click.Choice(["info", "debug"]),
    default="info",
    show_default=True,
    help="How much is written; debug: libraries, too.",
)
@config_option
def run_command(log: str | None, log_level: str) -> None:
    """
    Watch the posts, build and serve the feeds, send the alerts, until Ctrl-C.

    The first run takes what is there as its baseline and sends nothing. After that, a
    new post that a rule asks for goes out the moment it is saved.
    """
    stream = sys.stderr
    as_json = log == "json" or (log is None and not stream.isatty())
    level = logging.getLevelNamesMapping()[log_level.upper()]
    with (
        open_app(config_path()) as app,
        logging_to(stream, app.config, as_json=as_json, level=level),
    ):
        readers, make_site = resolve_name(READERS)(app.store), resolve_name(SITE)
        readers.totals()  # read once, while the database answers
        Daemon(
            app,
            web=lambda health: make_site(
                app.config,
                readers,
                ready=health.faults,
                paused=health.paused,
                health=health,
            ),
            reporter=Terminal(app),
            chores=[Chore(every=FLUSH, do=readers.flush)],
        ).run()


class Terminal:
    """Tells the person at the terminal what the service does."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.config = app.config
        self.zone = app.config.site.zone
        self.problems = Once()

    def started(self, first: Pass | None, address: str, *, sending: bool) -> None:
        """Say that everything stands."""
        if first:
            self.problems.show(first.look.problems, looked_at=())
        head = f"syndicate {__version__} · {self.config.site.name}"
        click.secho(f"{head} · {zone_name(self.zone)}", bold=True)
        if first:
            self._made(first)
        if address:
            self._line(say("web"), f"http://{address}/feeds/")
        names = listed(self.app.roster.told)
        to = say(
            "to {names}",
            names=names or Said("nobody: no [[channels]] table for alerts"),
        )
        self._line(say("alerts"), to)
        if hubs := listed(list(self.app.roster.hubs)):
            self._line(say("hubs"), hubs)
        for pause in self.app.pauses():
            self._line(say("paused"), line_of(pause, self.zone))
        if first is None:
            self._line("", say(SHARES if sending else WAITS))
            return
        if self.app.store.path is None:
            self._line("", say(LEADS))
        if first.look.first_run:
            known = "first run: {posts:post|posts} known, nothing is sent"
            self._line("", say(known, posts=first.look.posts))
        self._line("", say("save a post there and it is in the feeds; Ctrl-C stops"))
        self._alerts(first)

    def leads(self, first: Pass) -> None:
        """Say that another daemon is gone."""
        self._line(say("lead"), say(LEADS), timed=True)
        self.passed(first)

    def follows(self) -> None:
        """Say that another daemon may take over."""
        self._line(say("lead"), say(LOST), timed=True)

    def _made(self, first: Pass) -> None:
        config, look = self.config, first.look
        broken = {p.file for p in look.problems if p.gravity is Gravity.ERROR}
        posts = say(
            "{posts:post|posts} in {folder}",
            posts=look.posts,
            folder=near(config.posts_dir),
        )
        left = say("{files:file|files} left out", files=len(broken))
        self._line(say("posts"), f"{posts}, {left}" if broken else posts)
        wrote = say(
            "{files} in {folder} ({took} ms)",
            files=listed(first.files) or Said("unchanged"),
            folder=near(config.feeds_dir),
            took=round(first.seconds * 1000),
        )
        self._line(say("feeds"), wrote)

    def passed(self, done: Pass) -> None:
        """Say what a pass changed."""
        look, shown = done.look, self.config.shown
        sound = [shown(path) for path in (*look.new, *look.changed, *look.gone)]
        self.problems.show(look.problems, looked_at=sound)
        for word, paths in (
            ("new", look.new),
            ("changed", look.changed),
            ("gone", look.gone),
        ):
            if paths:
                self._line(say(word), listed(paths), timed=True)
        if done.files:
            took = f"({done.seconds * 1000:.0f} ms)"
            self._line(say("feeds"), f"{listed(done.files)} {took}", timed=True)
        self._alerts(done)

    def troubled(self, trouble: SetupError) -> None:
        """Say what stands in the way."""
        told = say("{trouble}; trying again", trouble=trouble)
        click.secho(f"{clock_time(zone=self.zone)}  {told}", fg="red", err=True)

    def stopped(self) -> None:
        """Say goodbye."""
        self._line(
            say("stopped"), say("what was accepted is in the outbox"), timed=True
        )

    def _alerts(self, done: Pass) -> None:
        alerts = done.look.alerts
        for alerted in alerts[:FEW]:
            alert, to = alerted.alert, listed(alerted.channels)
            held = say("held: {reason}", reason=Said(alert.held or ""))
            line = f"{alerted.id} {alert.title} → {to}"
            self._line(
                say("alert"), f"{line} ({held})" if alert.held else line, timed=True
            )
        if len(alerts) > FEW:
            told = "{alerts:alert|alerts} more; `syndicate alerts --last {last}` lists them"
            left, last = len(alerts) - FEW, str(len(alerts))
            self._line(say("alert"), say(told, alerts=left, last=last), timed=True)

    def _line(self, word: str, rest: str, *, timed: bool = False) -> None:
        """Print a word and what there is to it; times are those of the site's zone."""
        start = f"{clock_time(zone=self.zone)}  " if timed else "  "
        room = " " * (9 - cell_len(word))
        click.echo(start + click.style(word + room, dim=True) + rest)
