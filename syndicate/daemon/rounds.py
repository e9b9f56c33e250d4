"""
What the service does by the clock beside its work, on threads of their own.

    pictures   every 3 s: measures a few that stand in feeds and were not measured
    gates      every second: asks whether the page an alert waits for can be read
    retention  every 10 min: forgets what is older than store.keep

Both wait for other people's servers. Nothing waits for them: a thread that is asking
when the service stops is left behind.
"""

from collections.abc import Iterator
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
def making_rounds(app: App, inbox: Inbox) -> Iterator[None]:
    """Make both rounds while the block lasts."""
    newsroom, asker = app.newsroom, Asker(allow=app.config.fetch.allow)
    survey = Survey(
        app.config,
        store=app.store,
        gallery=newsroom.gallery,
        asker=asker,
        clock=app.clock,
    )
    porter = Porter(
        store=app.store,
        asker=asker,
        clock=app.clock,
        expects=any(rule.link_gate for rule in app.config.alerts.rules),
    )

    retention = Retention(app.store, keep=app.config.store.keep, clock=app.clock)

    def measure() -> None:
        if found := survey.round(newsroom.entries.pictures()):
            inbox.put(Measured(found))

    beats = (
        Beat("pictures", measure, every=PICTURES),
        Beat("gates", porter.round, every=GATES),
        Beat("retention", retention.look, every=EVERY),
    )
    for beat in beats:
        beat.start()
    try:
        yield
    finally:
        for beat in beats:
            beat.stop()
