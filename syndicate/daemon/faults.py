"""What troubles are called at ``/readyz``, and by ``doctor``."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from syndicate.app import App
from syndicate.daemon.look import Fault
from syndicate.errors import Problem, SetupError
from syndicate.store.lateness import Lateness
from syndicate.words import listed


def written(app: App) -> dict[str, Path]:
    """Give the folders that must take what we write."""
    folders = {"feeds.dir": app.config.feeds_dir}
    if app.store.path:
        folders["store.url"] = app.store.path.parent
    return folders


def troubled(trouble: SetupError) -> Fault:
    """Say what stands in the way of a pass."""
    return Fault.of(
        "{reason}", "mend that; syndicate goes on by itself", reason=str(trouble)
    )


def shut_out(problems: Sequence[Problem]) -> Fault:
    """Say which feeds were not replaced, and why."""
    return Fault.of(
        "{problems}",
        "{mends}",
        problems="; ".join(each.message for each in problems),
        mends="; ".join(dict.fromkeys(each.hint for each in problems)),
    )


def overdue(late: Sequence[Lateness], now: datetime) -> Fault:
    """Say which channels are told too late; ``late`` has one at least, the latest first."""
    return Fault.of(
        "{alerts:alert|alerts} waiting for {channels}, the oldest for {seconds} s",
        "`syndicate alerts` says why; `syndicate channels --probe` asks the channels",
        alerts=sum(each.deliveries for each in late),
        channels=listed([each.channel for each in late]),
        seconds=int((now - late[0].since).total_seconds()),
    )
