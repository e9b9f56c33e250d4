"""What the system says of files that change: hints, no more."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import Change, watch

from syndicate.daemon.inbox import Inbox
from syndicate.errors import SetupError
from syndicate.posts.watch import is_within, scan


@contextmanager
def watching(
    folder: Path, inbox: Inbox, *, below: Sequence[str] = ("",)
) -> Iterator[None]:
    """Hand over the paths that events name, of posts in the folders below."""
    stop = threading.Event()
    root = folder.resolve()

    def hand_over() -> None:
        events = watch(
            root, stop_event=stop, step=5, debounce=20, watch_filter=None,
            rust_timeout=500, ignore_permission_denied=True,
        )  # fmt: skip
        for batch in events:
            if paths := set(_post_paths(batch, root, below)):
                inbox.put(paths)

    def go_on() -> None:
        # It gives up on a name that is no UTF-8, and on a folder that is taken away.
        # What it misses until it is back, the next look at the whole folder finds.
        while not stop.is_set():
            with suppress(RuntimeError, OSError):
                hand_over()
            stop.wait(1)

    thread = threading.Thread(target=go_on, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)


def _post_paths(
    batch: Iterable[tuple[Change, str]], root: Path, below: Sequence[str]
) -> Iterator[str]:
    for change, path in batch:
        with suppress(ValueError):
            name = Path(path).relative_to(root).as_posix()
            if is_within(name, below):
                yield name
            elif change is Change.added and is_within(f"{name}/a.md", below):
                yield from _brought(root, name)


def _brought(root: Path, name: str) -> Iterable[str]:
    """
    Give the posts of a folder that has come.

    What came with it, or before the system was asked to tell of it, no event names.
    """
    folder = root / name
    if folder.is_symlink() or not folder.is_dir():
        return ()
    with suppress(SetupError):  # it has gone again; the next look at all will tell
        return scan(root, [name])
    return ()
