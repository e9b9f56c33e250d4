"""What the system says of files that change: hints, no more."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import watch

from syndicate.daemon.inbox import Inbox
from syndicate.posts.watch import is_post, is_within


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
            if paths := set(_post_paths((path for _, path in batch), root, below)):
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
    paths: Iterable[str], root: Path, below: Sequence[str]
) -> Iterator[str]:
    for path in paths:
        if is_post(Path(path).name):
            with suppress(ValueError):
                name = Path(path).relative_to(root).as_posix()
                if is_within(name, below):
                    yield name
