"""One pass: the posts are read, the feeds are written, and nothing is sent."""

import time
from collections.abc import Callable
from datetime import datetime

from syndicate.app.opening import now_utc
from syndicate.app.report import Built, Look
from syndicate.app.sealing import Seal, read_seal, write_seal
from syndicate.config import Config
from syndicate.posts.watch import scan


def build(config: Config, *, clock: Callable[[], datetime] = now_utc) -> Built:
    """
    Take in what changed and write the feeds. Sends no alert.

    Raises:
        SetupError: The folder, the database or the disk stands in the way.
    """
    start = time.perf_counter()
    there = scan(config.posts_dir, config.posts_folders)
    seal = read_seal(config, there)
    if seal and not (seal.until and seal.until <= clock()):
        return Built(
            look=Look(posts=seal.posts),
            files=(),
            folder=config.feeds_dir,
            problems=tuple(seal.problems),
            seconds=time.perf_counter() - start,
        )
    # A third of a second that a build with nothing to do does not owe.
    from syndicate.app.core import App  # noqa: PLC0415

    with App(config, clock=clock) as app:
        built = app.build(there)
        newsroom = app.newsroom
        is_whole = newsroom.shelf.files == there and not newsroom.shut_out()
        until = newsroom.next_due(alerting=False)
    # What asks for an alert the next build has to find again.
    if is_whole and not built.look.unheard:
        seal = Seal(posts=built.look.posts, until=until, problems=built.problems)
        write_seal(config, there, seal)
    return built
