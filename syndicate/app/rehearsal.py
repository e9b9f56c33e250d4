"""
Goes through the motions of a breaking post once, so that the first real one is no slower.

Templates are imported when first used and statements built when first asked: together
they kept the first post after a start 60 milliseconds longer, and its alert 100.
"""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection

import syndicate.posts.long_way  # noqa: F401 - which the first post may have to go
from syndicate.app.ahead import look_ahead
from syndicate.app.newsroom import Newsroom
from syndicate.app.telling import alert_about
from syndicate.config.alerting import BREAKING
from syndicate.feeds.page import make_pages
from syndicate.model import Entry
from syndicate.outbox.enqueue import accept
from syndicate.posts.watch import stat_of
from syndicate.store.alerts import find_told
from syndicate.store.posts import considered


class Curtain(Exception):  # noqa: N818, it is no error
    """Ends a rehearsal; what was written in its transaction is taken back."""


def rehearse(newsroom: Newsroom) -> None:
    """Read, render and tell of the newest post, and let nobody know."""
    posts = newsroom.shelf.posts.values()
    filed = max(posts, key=lambda each: each.published, default=None)
    stat = filed and stat_of(newsroom.config.posts_dir, filed.post.path)
    entry = filed and newsroom.entry(filed)
    if filed and stat and entry:
        newsroom.shelf.alike([filed.post])  # makes its index
        look_ahead(newsroom, filed.post.path, stat)
        make_pages([entry], [], newsroom.config)[0].write()
        _tell(newsroom, entry)


def _tell(newsroom: Newsroom, entry: Entry) -> None:
    # Numbers that PostgreSQL has given out it does not take back.
    store = newsroom.records.store
    if store.path:
        with suppress(Curtain), store.begin() as connection:
            _accept(newsroom, entry, connection, now=newsroom.clock())


def _accept(
    newsroom: Newsroom, entry: Entry, connection: Connection, *, now: datetime
) -> None:
    considered(connection, [entry.identity])
    find_told(connection, since=now)
    alert = alert_about(entry, BREAKING, newsroom.config, since=now)
    roster = newsroom.alarm.roster
    outgoing = roster.write(alert, roster.told)
    accept(connection, alert, outgoing, now=now)
    raise Curtain
