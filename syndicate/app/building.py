"""One pass: the posts are read, the feeds are written, and nothing is sent."""

import gc
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.app.ground import Ground, ground_of
from syndicate.app.report import Built, Look
from syndicate.app.sealing import Seal, find_seal, holds, write_seal
from syndicate.posts.stat import Stat
from syndicate.posts.watch import scan

if TYPE_CHECKING:
    from syndicate.app.newsroom import Newsroom
    from syndicate.config import Config

Clock = Callable[[], datetime]
NOW: Clock = partial(datetime.now, UTC)


def build(path: Path, *, clock: Clock = NOW) -> Built:
    """
    Take in what changed and write the feeds. Sends no alert.

    Args:
        path: Of ``config.toml``.
        clock: The time of day.

    Raises:
        ConfigError: The configuration cannot be used.
        SetupError: The folder, the database or the disk stands in the way.
    """
    start = time.perf_counter()
    ground = ground_of(path)
    seal = find_seal(ground) if ground else None
    there = None
    if ground and seal:
        there = scan(seal.posts_dir, seal.posts_folders)
        is_due = seal.until and seal.until <= clock()
        if not is_due and holds(seal, ground, there):
            return _nothing_new(seal, seconds=time.perf_counter() - start)
    built = _build(path, ground, there, clock=clock)
    return replace(built, seconds=time.perf_counter() - start)


def one_pass(
    newsroom: "Newsroom",
    there: Mapping[str, Stat] | None = None,
    *,
    last: bool = False,
) -> Built:
    """
    Take in what changed and write the feeds. Asks no rule, and sends no alert.

    Args:
        newsroom: Whose thread this is.
        there: The posts folder, if it was just looked at.
        last: Whether the newsroom will look no more: half of what it knows of the posts
            need not be remembered then.

    Raises:
        SetupError: The folder, the database or the disk stands in the way.
    """
    start = time.perf_counter()
    changed = (
        newsroom.folder.scan() if there is None else newsroom.folder.compare(there)
    )
    look = newsroom.look(changed, alerting=False, last=last)
    files = newsroom.stand.publish()
    return Built(
        look=look,
        files=tuple(files),
        folder=newsroom.config.feeds_dir,
        problems=newsroom.problems(),
        seconds=time.perf_counter() - start,
    )


def _nothing_new(seal: Seal, *, seconds: float) -> Built:
    return Built(
        look=Look(posts=seal.posts),
        files=(),
        folder=seal.feeds_dir,
        problems=tuple(seal.problems),
        seconds=seconds,
    )


def _build(
    path: Path,
    ground: Ground | None,
    there: Mapping[str, Stat] | None,
    *,
    clock: Clock,
) -> Built:
    # A third of a second that a build with nothing to do does not owe. An ``App`` would
    # take a tenth more: it has channels and an outbox, and no build tells anybody.
    from syndicate.app.opening import open_config  # noqa: PLC0415

    config = open_config(path)
    if there is None:
        there = scan(config.posts_dir, config.posts_folders)
    newsroom, built = _through(config, there, clock=clock)
    is_whole = newsroom.shelf.files == there and not newsroom.stand.shut_out()
    # What asks for an alert the next build has to find again.
    if ground and is_whole and not built.look.unheard:
        seal = Seal(
            posts=built.look.posts,
            until=newsroom.stand.next_due(alerting=False),
            posts_dir=config.posts_dir,
            posts_folders=config.posts_folders,
            feeds_dir=config.feeds_dir,
            problems=built.problems,
        )
        write_seal(seal, ground, there)
    return built


def _through(
    config: "Config", there: Mapping[str, Stat], *, clock: Clock
) -> tuple["Newsroom", Built]:
    """Pass once with a newsroom of its own: the first of all makes the database."""
    from syndicate.app.database import found_records, open_records  # noqa: PLC0415
    from syndicate.app.newsroom import Newsroom  # noqa: PLC0415
    from syndicate.store.founding import NotFoundedError  # noqa: PLC0415

    if not gc.isenabled():  # as a command has it: it goes on to the end of the process
        gc.freeze()  # modules stay till then, and going through them takes 20 ms
    if founding := found_records(config):
        with suppress(NotFoundedError):  # whoever opens what is there now says why
            newsroom = Newsroom(config, records=founding, clock=clock)
            return newsroom, one_pass(newsroom, there, last=True)
    with closing(open_records(config)) as records:
        newsroom = Newsroom(config, records=records, clock=clock)
        return newsroom, one_pass(newsroom, there, last=True)
