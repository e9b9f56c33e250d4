"""
What a server says it takes, where each server of a network has limits of its own.

It is asked by the clock and its word is kept: nothing that is written or sent waits for
it, and while it is away nothing changes.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import isqrt

from syndicate.model import Limits, PictureLimits

LEAST_TEXT = 50  # units; a server that takes less does not mean messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a server said. ``None``, or nothing: it did not say."""

    text: int | None = None  # units in one message
    link: int | None = None  # units any address counts as; 0: its own length
    alt: int | None = None  # code points
    size: int | None = None  # bytes of a picture
    pixels: int | None = None  # of a picture, width times height
    types: Sequence[str] = ()  # of pictures: "image/png"

    def on(self, limits: Limits) -> Limits:
        """
        Put what it said into a kind's limits.

        Of pictures it takes, no larger ones are made than the kind has use for.
        """
        return replace(
            limits,
            text=self.text or limits.text,
            link=limits.link if self.link is None else self.link or None,
            picture=limits.picture and self._on_pictures(limits.picture),
        )

    def _on_pictures(self, limits: PictureLimits) -> PictureLimits:
        types = tuple(each for each in limits.types if each in self.types)
        return replace(
            limits,
            size=min(limits.size, self.size or limits.size),
            alt=self.alt or limits.alt,
            side=min(limits.side, isqrt(self.pixels) if self.pixels else limits.side),
            types=types or limits.types,
        )

    def as_text(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self))


def read_allowance(text: str) -> Allowance:
    """
    Read what was written down.

    Raises:
        ValueError: It was written by another version.
    """
    try:
        return Allowance(**json.loads(text))
    except TypeError as error:
        raise ValueError(str(error)) from error


class LimitedByServer(ABC):
    """What a kind is beside a ``Channel`` when each server has limits of its own."""

    allowance: Allowance = Allowance()
    """What ``server`` said last. Given by whoever opens the channel."""

    @property
    @abstractmethod
    def server(self) -> str:
        """Its address: the word of another does not count."""

    @abstractmethod
    def ask_limits(self) -> Allowance:
        """
        Ask the server what it takes, within ``deadline``. Posts nothing.

        Raises:
            DeliveryError: It cannot be told now.
        """
