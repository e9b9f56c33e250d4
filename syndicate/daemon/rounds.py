"""
What the service does by the clock beside its work, on threads of their own.

    pictures   every 3 s: measures a few that stand in feeds and were not measured
    gates      every second: asks whether the page an alert waits for can be read
    retention  every 10 min: forgets what is older than store.keep
    limits     every minute: goes by what servers said they take; the daemon that leads
               asks those that were not asked for a day
    keys       every minute: asks platforms that were not asked for a day whether our
               credentials hold, and until when

Only the daemon that leads makes the first three and the last. Some of them wait for
other servers, and nothing waits for them: a thread that is asking when the service stops
is left behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from syndicate.app import App
from syndicate.app.allowing import Enquiry, recall
from syndicate.app.retention import EVERY, Retention
from syndicate.app.roll_call import RollCall
from syndicate.app.survey import Survey
from syndicate.daemon.inbox import Inbox, Measured
from syndicate.fetch.ask import Asker
from syndicate.outbox.beat import Beat
from syndicate.outbox.porter import Porter

PICTURES = timedelta(seconds=3)
GATES = timedelta(seconds=1)
LIMITS = timedelta(minutes=1)
KEYS = timedelta(minutes=1)


@contextmanager
def making_rounds(
    app: App, inbox: Inbox, *, leads: Callable[[], bool]
) -> Iterator[None]:
    """Make all rounds while the block lasts."""
    asker = Asker(allow=app.config.fetch.allow)
    porter = Porter(
        store=app.store,
        asker=asker,
        clock=app.clock,
        expects=any(rule.link_gate for rule in app.config.alerts.rules),
    )
    enquiry = Enquiry(roster=app.roster, store=app.store, clock=app.clock)
    retention = Retention(app.store, keep=app.config.store.keep, clock=app.clock)

    def leading(act: Callable[[], object]) -> Callable[[], None]:
        def led() -> None:
            if leads():
                act()

        return led

    def go_by_limits() -> None:
        leading(enquiry.round)()
        recall(app.roster, app.store)

    beats = (
        Beat("pictures", leading(lambda: _measure(app, inbox, asker)), every=PICTURES),
        Beat("gates", leading(porter.round), every=GATES),
        Beat("retention", leading(retention.look), every=EVERY),
        Beat("limits", go_by_limits, every=LIMITS),
        Beat("keys", leading(_roll_call(app)), every=KEYS),
    )
    for beat in beats:
        beat.start()
    try:
        yield
    finally:
        for beat in beats:
            beat.stop()


def _roll_call(app: App) -> Callable[[], None]:
    ahead = app.config.fetch.credentials
    if not ahead:
        return lambda: None
    return RollCall(
        roster=app.roster,
        store=app.store,
        clock=app.clock,
        ahead=ahead,
        zone=app.config.site.zone,
    ).round


def _measure(app: App, inbox: Inbox, asker: Asker) -> None:
    newsroom = app.newsroom
    survey = Survey(
        app.config,
        store=app.store,
        gallery=newsroom.stand.gallery,
        asker=asker,
        clock=app.clock,
    )
    if found := survey.round(newsroom.stand.entries.pictures()):
        inbox.put(Measured(found))
