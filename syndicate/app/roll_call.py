"""
Whether our credentials hold, and until when: asked once a day, by the clock.

An answer tells people, and nothing else: no message waits for it, and none is held back
by it. A platform that is away says nothing, so what it said before stands.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from syndicate.app.answers import Answer, ask, remember
from syndicate.app.telling import Roster
from syndicate.channels.base import Channel, Probes
from syndicate.channels.terms.charges import Charges
from syndicate.channels.wire.session import SignsIn
from syndicate.store.engine import Store

log = logging.getLogger(__name__)

GOOD_FOR, NOT_AGAIN = timedelta(days=1), timedelta(hours=1)
CALM = timedelta(minutes=1)  # who has just started has alerts to send


@dataclass(kw_only=True)
class RollCall:
    """Asks by the clock. One thread at a time."""

    roster: Roster
    store: Store
    clock: Callable[[], datetime]  # UTC
    ahead: timedelta  # how long before their end credentials are warned of
    zone: ZoneInfo
    _due: dict[str, datetime] = field(default_factory=dict)
    _calm: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Have nobody asked at once."""
        self._calm = self.clock() + CALM

    def round(self) -> None:
        """
        Ask the platforms whose time has come, each within its channel's deadline.

        Raises:
            StoreError: The database failed.
        """
        for name, channel in self._asked():
            now = self.clock()
            due = self._due.get(name, self._calm)
            if now < due <= now + GOOD_FOR:  # a clock that was turned back asks anew
                continue
            answer = _ask_aside(channel)
            self._due[name] = now + (NOT_AGAIN if answer.away else GOOD_FOR)
            remember(self.store, {name: answer}, of=self.roster.channels, now=now)
            self._tell(name, answer, now)

    def _asked(self) -> list[tuple[str, Channel[Any]]]:
        """Give those whose platforms tell, and take no money for it."""
        return [
            (name, each)
            for name, each in self.roster.channels.items()
            if isinstance(each, Probes) and not isinstance(each, Charges)
        ]

    def _tell(self, name: str, answer: Answer, now: datetime) -> None:
        if answer.away:
            log.info("keys     %s: cannot be asked: %s", name, answer.refusal)
        elif answer.standing is None:
            log.warning("keys     %s: refused: %s", name, answer.refusal)
        elif (end := answer.standing.expires) and end - now < self.ahead:
            day = f"{end.astimezone(self.zone):%Y-%m-%d}"
            left = max((end - now).days, 0)
            log.warning("keys     %s: end on %s; days left: %s", name, day, left)


def _ask_aside(channel: Channel[Any]) -> Answer:
    """Ask through a channel of its own: the other is its lane's."""
    made = type(channel)(channel.config)
    assert isinstance(made, Probes)  # or it would not be asked
    if isinstance(made, SignsIn) and isinstance(channel, SignsIn):
        made.safe = channel.safe
    try:
        return ask(made)
    finally:
        made.close()
