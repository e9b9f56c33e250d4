"""What two looks at the folder of posts tell apart."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from syndicate.posts.stat import Stat
from syndicate.posts.watch import in_steps


def changes(
    before: Mapping[str, Stat],
    after: Mapping[str, Stat],
    *,
    give_way: Callable[[], None] = lambda: None,
) -> dict[str, Stat | None]:
    """Compare two looks at the folder. ``None``: the file is gone."""
    found: dict[str, Stat | None] = {
        path: stat
        for path, stat in in_steps(after.items(), give_way)
        if before.get(path) != stat
    }
    found |= dict.fromkeys(gone(before.keys(), after))
    return found


def gone(before: AbstractSet[str], after: Mapping[str, object]) -> set[str]:
    """Give the paths that are no more there, but not those in a folder that is closed."""
    return {path for path in before - after.keys() if not _is_shut_in(path, after)}


def _is_shut_in(path: str, there: Mapping[str, object]) -> bool:
    folder = path.rpartition("/")[0]
    while folder and folder not in there:  # an open one is not listed itself
        folder = folder.rpartition("/")[0]
    return bool(folder)
