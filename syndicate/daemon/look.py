"""A look at something that may hang, and the faults it finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from syndicate.outbox.beat import Beat
from syndicate.words import Said

EVERY = timedelta(seconds=2)
PATIENCE = timedelta(seconds=10)
"""Longest time between two answers of a look, and between two rounds of a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and what a person can do about it."""

    what: Said
    mend: Said

    @classmethod
    def of(cls, what: str, mend: str, **words: str | int) -> "Fault":
        """Make one of two phrases that share their words."""
        return cls(what=Said(what, words), mend=Said(mend, words))


Faults = Mapping[str, Fault]


class Look:
    """A look at something that may hang, done again and again by its own thread."""

    def __init__(
        self,
        name: str,
        look: Callable[[], Faults],
        mend: str,
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Prepare it; ``mend`` is said where the look does not come back in time."""
        self.name = name
        self._look = look
        self._mend = mend
        self._patience = patience
        self._found: Faults = {}
        self.beat = Beat(f"health-{name}", self._round, every=EVERY)

    def found(self) -> Faults:
        """Give what the last look found, or that there is none any more."""
        age = self.beat.age()
        if age <= self._patience:
            return self._found
        seconds = int(age.total_seconds())
        hung = "no answer for {seconds} s"
        return {self.name: Fault.of(hung, self._mend, seconds=seconds)}

    def _round(self) -> None:
        self._found = self._look()
