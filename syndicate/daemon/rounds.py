"""
What the service does by the clock beside its work, on threads of their own.

    pictures   every 3 s: measures a few that stand in feeds and were not measured
    gates      every second: asks whether the page an alert waits for can be read
    retention  every 10 min: forgets what is older than store.keep

Only the daemon that leads makes them. Both wait for other people's servers, and nothing
waits for them: a thread that is asking when the service stops is left behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from syndicate.app import App
from syndicate.app.retention import EVERY, Retention
from syndicate.app.survey import Survey
from syndicate.daemon.parts import Inbox, Measured
from syndicate.fetch.ask import Asker
from syndicate.outbox.beat import Beat
from syndicate.outbox.porter import Porter

PICTURES = timedelta(seconds=3)
GATES = timedelta(seconds=1)


@contextmanager
def making_rounds(
    app: App, inbox: Inbox, *, leads: Callable[[], bool]
) -> Iterator[None]:
    """Make both rounds while the block lasts, as long as this daemon leads."""
    asker = Asker(allow=app.config.fetch.allow)
    porter = Porter(
        store=app.store,
        asker=asker,
        clock=app.clock,
        expects=any(rule.link_gate for rule in app.config.alerts.rules),
    )

    retention = Retention(app.store, keep=app.config.store.keep, clock=app.clock)

    def measure() -> None:
        if not leads():
            return
        newsroom = app.newsroom
        survey = Survey(
            app.config,
            store=app.store,
            gallery=newsroom.gallery,
            asker=asker,
            clock=app.clock,
        )
        if found := survey.round(newsroom.entries.pictures()):
            inbox.put(Measured(found))

    def ask() -> None:
        if leads():
            porter.round()

    beats = (
        Beat("pictures", measure, every=PICTURES),
        Beat("gates", ask, every=GATES),
        Beat("retention", retention.look, every=EVERY),
    )
    for beat in beats:
        beat.start()
    try:
        yield
    finally:
        for beat in beats:
            beat.stop()
