"""The moment an attempt must be over."""

import time
from datetime import timedelta


class Deadline:
    """Counts down on the monotonic clock, which nobody can set."""

    def __init__(self, allowed: timedelta) -> None:
        self.allowed = allowed
        self._end = time.monotonic() + allowed.total_seconds()

    def left(self) -> float:
        """
        Give the seconds that are left, more than 0.

        Raises:
            TimeoutError: None are.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError(f"not done within {self.allowed.total_seconds():g} s")
        return seconds
