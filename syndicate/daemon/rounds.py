"""
What the service does by the clock beside its work, on threads of their own.

    pictures   every 3 s: measures a few that stand in feeds and were not measured
    gates      every second: asks whether the page an alert waits for can be read

Both wait for other people's servers. Nothing waits for them: a thread that is asking
when the service stops is left behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from syndicate.app import App
from syndicate.daemon.parts import Inbox, Measured
from syndicate.outbox.beat import Beat

PICTURES = timedelta(seconds=3)
GATES = timedelta(seconds=1)


@contextmanager
def making_rounds(app: App, inbox: Inbox) -> Iterator[None]:
    """Make both rounds while the block lasts."""
    newsroom, survey, porter = app.newsroom, app.survey, app.porter

    def measure() -> None:
        if found := survey.round(newsroom.entries.pictures()):
            inbox.put(Measured(found))

    beats = (
        Beat("pictures", measure, every=PICTURES),
        Beat("gates", porter.round, every=GATES),
    )
    for beat in beats:
        beat.start()
    try:
        yield
    finally:
        for beat in beats:
            beat.stop()
