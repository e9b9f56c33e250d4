"""A thread of the outbox, which comes round again and again until it is stopped."""

from abc import ABC, abstractmethod
from datetime import timedelta
from threading import Event, Thread
from time import monotonic


class Loop(ABC):
    """Started once, stopped once."""

    def __init__(self, name: str) -> None:
        """``name`` is what its thread is called."""
        self._bell = Event()
        self._stopping = False
        self._came_round = monotonic()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something to do."""
        self._bell.set()

    def stop(self) -> None:
        """Ask it to end after what it is doing."""
        self._stopping = True
        self.wake()

    def join(self, timeout_seconds: float) -> bool:
        """Wait for its end, and say whether it has come."""
        self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def age(self) -> timedelta:
        """Time since it last came round, whatever came of that."""
        return timedelta(seconds=monotonic() - self._came_round)

    def _come_round(self) -> None:
        self._came_round = monotonic()

    @abstractmethod
    def _run(self) -> None:
        """Go round, until ``_stopping``."""
