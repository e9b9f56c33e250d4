"""
What ``doctor`` looks at: each thing that must be well, and what mends it.

It looks from outside, beside a daemon or without one, and changes nothing: no database
is made, nothing is posted.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

from syndicate.app import App
from syndicate.daemon.channel_checks import check_channels
from syndicate.daemon.disk import free_bytes, refusal
from syndicate.daemon.faults import overdue
from syndicate.daemon.finding import Finding, Grade
from syndicate.daemon.health import LATE
from syndicate.errors import SetupError, StoreError
from syndicate.feeds.standing import standing
from syndicate.model import DeliveryState
from syndicate.outbox.sending_right import sending_right
from syndicate.posts.watch import scan
from syndicate.store.lateness import count_deliveries, find_lateness
from syndicate.store.soundness import find_damage, server_time
from syndicate.words import listed, say

SKEW = timedelta(seconds=2)
ROOM = 100 * 1024 * 1024  # bytes
MIB = 1024 * 1024


def check_up(app: App, *, probe: bool) -> Iterator[Finding]:
    """
    Look at everything, and tell one finding after the other.

    Args:
        app: Whose.
        probe: Whether platforms are asked whether our credentials hold.
    """
    looks: list[tuple[str, Callable[[App], Iterator[Finding]]]] = [
        ("posts", _posts),
        ("feeds", _feeds),
        ("database", _database),
        ("clock", _clock),
        ("daemon", _daemon),
        ("backlog", _backlog),
        ("channels", lambda app: check_channels(app, probe=probe)),
    ]
    told, is_ill = set[str](), False
    for name, look in looks:
        try:
            for found in look(app):
                is_ill |= found.of == "database" and found.grade is Grade.SURROUNDINGS
                yield found
        except (SetupError, OSError) as error:
            if is_ill and isinstance(error, StoreError):  # several ask the database
                continue
            said, mend = str(error), say("mend what it names")
            if said not in told:  # one that is gone is missed by several
                told.add(said)
                yield Finding(of=name, said=said, grade=Grade.SURROUNDINGS, mend=mend)


def _posts(app: App) -> Iterator[Finding]:
    config = app.config
    files = len(scan(config.posts_dir, config.posts_folders))
    said = say("{files:file|files} in {folder}", files=files, folder=config.posts_dir)
    if files:
        yield Finding(of="posts", said=said)
        return
    mend = say("save a post there, or set posts.dir in config.toml")
    yield Finding(of="posts", said=said, grade=Grade.NOTE, mend=mend)


def _feeds(app: App) -> Iterator[Finding]:
    folder = app.config.feeds_dir
    if not folder.exists():
        said = say("none is written yet")
        mend = say("`syndicate build` writes them")
        yield Finding(of="feeds", said=said, grade=Grade.NOTE, mend=mend)
        return
    if why := refusal(folder):
        said = say("cannot write to {places}", places=f"{folder}: {say(why)}")
        mend = say("make room, or let syndicate write there; it goes on by itself")
        yield Finding(of="feeds", said=said, grade=Grade.SURROUNDINGS, mend=mend)
        return
    feeds = list(standing(app.config))
    lost = [each.name for each in feeds if each.entries is None]
    free = free_bytes(folder)
    said = say(
        "{feeds:feed|feeds} in {folder}, {free} MiB free",
        feeds=len(feeds),
        folder=folder,
        free=free // MIB,
    )
    if lost:
        said = say("cannot be read: {feeds}", feeds=listed(lost))
        mend = say("`syndicate build` writes them")
        yield Finding(of="feeds", said=said, grade=Grade.ILL, mend=mend)
    elif free < ROOM:
        yield Finding(of="feeds", said=said, grade=Grade.NOTE, mend=say("make room"))
    else:
        yield Finding(of="feeds", said=said)


def _database(app: App) -> Iterator[Finding]:
    if app.is_new:
        said, mend = say("none yet"), say("the first `syndicate run` makes it")
        yield Finding(of="database", said=said, grade=Grade.NOTE, mend=mend)
        return
    store = app.store
    if store.path and (why := refusal(store.path.parent)):
        said = say(
            "cannot write to {places}", places=f"{store.path.parent}: {say(why)}"
        )
        mend = say("make room, or let syndicate write there; it goes on by itself")
        yield Finding(of="database", said=said, grade=Grade.SURROUNDINGS, mend=mend)
        return
    with store.read() as connection:
        damage = find_damage(connection)
    if damage:
        said = say("{place} is damaged: {reason}", place=store.place, reason=damage)
        mend = say("stop syndicate and restore the database from a backup")
        yield Finding(of="database", said=said, grade=Grade.SURROUNDINGS, mend=mend)
        return
    yield Finding(of="database", said=say("{place} is whole", place=store.place))


def _clock(app: App) -> Iterator[Finding]:
    if app.is_new or app.store.path:
        yield Finding(of="clock", said=say("no server to compare it with"))
        return
    with app.store.read() as connection:
        theirs = server_time(connection)
    skew = app.clock() - theirs if theirs else timedelta(0)
    seconds = f"{skew.total_seconds():+.1f}"
    said = say("{seconds} s from the database's", seconds=seconds)
    if abs(skew) <= SKEW:
        yield Finding(of="clock", said=said)
        return
    mend = say("have both machines set their clocks by the network (NTP)")
    yield Finding(of="clock", said=said, grade=Grade.ILL, mend=mend)


def _daemon(app: App) -> Iterator[Finding]:
    if app.is_new:
        return
    right = sending_right(app.store)
    free = right.acquire()
    right.release()
    if not free:
        yield Finding(of="daemon", said=say("one is running"))
        return
    said, mend = say("none is running"), say("start `syndicate run`")
    yield Finding(of="daemon", said=said, grade=Grade.NOTE, mend=mend)


def _backlog(app: App) -> Iterator[Finding]:
    if app.is_new:
        return
    now = app.clock()
    states: Counter[str] = Counter()
    with app.store.read() as connection:
        for (_, state), number in count_deliveries(connection).items():
            states[state] += number
        late = find_lateness(connection, now=now, beyond=LATE)
    if late:
        said, mend = str(overdue(late, now).what), say("`syndicate alerts` says why")
        yield Finding(of="backlog", said=said, grade=Grade.ILL, mend=mend)
    else:
        queued = states[DeliveryState.QUEUED]
        said = say("{alerts:delivery|deliveries} waiting, none late", alerts=queued)
        yield Finding(of="backlog", said=said)
    yield from _waiting_for_people(states)


def _waiting_for_people(states: Counter[str]) -> Iterator[Finding]:
    if doubts := states[DeliveryState.IN_DOUBT]:
        said = say("{doubts:delivery|deliveries} in doubt", doubts=doubts)
        mend = say("look at the channel, then `syndicate resolve DELIVERY`")
        yield Finding(of="backlog", said=said, grade=Grade.DOUBT, mend=mend)
    if held := states[DeliveryState.HELD]:
        said = say("{held:delivery|deliveries} held", held=held)
        mend = say("`syndicate approve`, or `syndicate reject`")
        yield Finding(of="backlog", said=said, grade=Grade.NOTE, mend=mend)
