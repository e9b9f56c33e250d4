"""A thread that does one thing again and again, and survives its failures."""

import logging
from collections.abc import Callable
from datetime import timedelta

from syndicate.errors import SyndicateError
from syndicate.outbox.loop import Loop

log = logging.getLogger(__name__)


class Beat(Loop):
    """Does it when it is started, and from then on."""

    def __init__(self, name: str, act: Callable[[], None], *, every: timedelta) -> None:
        super().__init__(name)
        self.name = name
        self.trouble = ""  # why the last one failed
        self._act = act
        self._every = every

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._act()
                self.trouble = ""
            except Exception as error:
                expected = isinstance(error, SyndicateError)
                said = str(error) if expected else repr(error)
                if said != self.trouble:  # once, not every second
                    log.warning("%s: %s", self.name, error, exc_info=not expected)
                self.trouble = said
            self._come_round()
            self._bell.wait(self._every.total_seconds())
