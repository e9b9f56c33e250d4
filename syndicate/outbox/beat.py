"""A thread that does one thing again and again, and survives its failures."""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

from syndicate.errors import SyndicateError

log = logging.getLogger(__name__)


class Beat:
    """Started once, stopped once."""

    def __init__(self, name: str, act: Callable[[], None], *, every: timedelta) -> None:
        self._name = name
        self._act = act
        self._every = every
        self._stop = Event()
        self._round = monotonic()  # when the last one ended
        self.trouble = ""  # why the last one failed
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Do it now, and from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end after what it is doing."""
        self._stop.set()

    def join(self, timeout_seconds: float) -> bool:
        """Wait for its end, and say whether it has come."""
        self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    @property
    def name(self) -> str:
        """What its thread is called."""
        return self._name

    def age(self) -> timedelta:
        """Time since it last came round, whatever came of that."""
        return timedelta(seconds=monotonic() - self._round)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._act()
                self.trouble = ""
            except Exception as error:
                expected = isinstance(error, SyndicateError)
                said = str(error) if expected else repr(error)
                if said != self.trouble:  # once, not every second
                    log.warning("%s: %s", self._name, error, exc_info=not expected)
                self.trouble = said
            self._round = monotonic()
            self._stop.wait(self._every.total_seconds())
