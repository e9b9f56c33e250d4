"""Signals, as words for the main thread."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from syndicate.daemon.inbox import Inbox, Stop


class Stopper:
    """
    What a signal does.

    Before the service stands there is nothing to put away that a crash would not leave
    whole, so the first signal ends the process where it is. Afterwards it is a word for
    the main thread, and only a second one is not waited for.
    """

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.stands = False

    def __call__(self, number: int, _frame: object) -> None:
        """Hear a signal."""
        if not self.stands:
            raise SystemExit(128 + number)
        signal.signal(number, signal.SIG_DFL)
        self.inbox.put(Stop())


@contextmanager
def signals(inbox: Inbox) -> Iterator[Stopper]:
    """Hear SIGTERM, SIGINT and SIGHUP."""
    stopper = Stopper(inbox)
    before = {
        number: signal.signal(number, stopper)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    }
    try:
        yield stopper
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
