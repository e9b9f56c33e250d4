"""What the main thread's troubles are called at ``/readyz``."""

from collections.abc import Sequence
from pathlib import Path

from syndicate.app import App
from syndicate.daemon.look import Fault
from syndicate.errors import Problem, SetupError


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
