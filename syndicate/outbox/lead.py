"""
The lead: which of the daemons on one store does what only one may do.

It watches the posts, writes the feeds and decides on alerts. On SQLite it also sends,
and nobody else does; on PostgreSQL every daemon sends.
"""

import math
from collections.abc import Callable
from time import monotonic

from syndicate.errors import StoreError
from syndicate.outbox.sending_right import FROZEN, sending_right
from syndicate.store.engine import Store


class Lead:
    """Held or not. One thread keeps it, any may ask."""

    def __init__(
        self,
        store: Store,
        *,
        wants: Callable[[], bool] = lambda: True,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """
        Prepare; nothing is held at first.

        Args:
            store: Whose daemons one is to lead.
            wants: Whether this process can do what a leader does.
            told: Called when the lead was won or lost.
        """
        self._right = sending_right(store)
        self._wants = wants
        self._told = told
        # The file's lock lasts as long as the process; a server ends a silent session.
        self._good_for = math.inf if store.path else FROZEN.total_seconds() / 2
        self._until = -math.inf
        self._was_held = False

    @property
    def held(self) -> bool:
        """Whether this process leads. A process that was frozen does not, at once."""
        return monotonic() < self._until

    def keep(self) -> bool:
        """
        Try to win the lead, or to keep it. To be called about once a second.

        Returns:
            Whether it is held now.

        Raises:
            StoreError: Nobody can tell, so it is not held.
        """
        began = monotonic()
        try:
            if self._wants():
                held = self._right.acquire()
            else:
                held = False
                self._right.release()
        except StoreError:
            self._note(held=False, began=began)
            raise
        self._note(held=held, began=began)
        return held

    def release(self) -> None:
        """Let another process lead."""
        self._until = -math.inf
        self._was_held = False
        self._right.release()

    def _note(self, *, held: bool, began: float) -> None:
        self._until = began + self._good_for if held else -math.inf
        if held != self._was_held:
            self._was_held = held
            self._told()
