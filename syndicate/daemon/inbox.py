"""What the main thread is told, and by which words."""

import queue
from collections.abc import Mapping
from dataclasses import dataclass

from syndicate.app.planning import Changes
from syndicate.errors import SetupError
from syndicate.model import Measure


class Stop:
    """The word that ends the service."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What pictures measure, by address."""

    found: Mapping[str, Measure]


Word = set[str] | Changes | Measured | SetupError | Stop
"""
What the main thread is told: paths that events name; what a look at the whole folder
found, or that it could not be had; what pictures measure; to stop.
"""
Inbox = queue.SimpleQueue[Word]
