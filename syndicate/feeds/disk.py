"""
Threads that look after files: syncing one takes the disk milliseconds, and no processor.

    submit -> as many threads as are needed, kept for the next file -> let_go
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

AT_ONCE = 6
"""Files looked after at the same time: three formats of a feed, synced and read back."""

Words = ParamSpec("Words")
Result = TypeVar("Result")


class Disk:
    """Threads begun on need. Any thread may ask for them, and have them end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    def submit(
        self,
        work: Callable[Words, Result],
        *words: Words.args,
        **named: Words.kwargs,
    ) -> Future[Result]:
        """Have work done on a thread."""
        with self._lock:  # so that the threads do not end in between
            if self._threads is None:
                self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="disk")
            return self._threads.submit(work, *words, **named)

    def let_go(self) -> None:
        """
        Have the threads end, once what they were given is done.

        For whoever is about to copy the process, which takes one without threads.
        The next to submit begins new ones.
        """
        with self._lock:
            threads, self._threads = self._threads, None
        if threads:
            threads.shutdown()


DISK = Disk()
"""Shared by all editions: to begin new threads for each post took a millisecond."""
