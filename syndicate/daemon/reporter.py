"""Whoever is told what the service does."""

from dataclasses import dataclass
from typing import Protocol

from syndicate.app.report import Look
from syndicate.errors import SetupError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one pass of the main thread did."""

    look: Look
    files: tuple[str, ...]  # feeds replaced
    seconds: float


class Reporter(Protocol):
    """Hears what the service does. Called from the main thread."""

    def started(self, first: Pass | None, address: str, *, sending: bool) -> None:
        """
        Say that everything stands.

        ``first`` is ``None`` where another daemon leads, ``address`` is empty without a
        server; ``sending`` is false while only the one that leads sends.
        """

    def leads(self, first: Pass) -> None:
        """Say that this daemon has taken the lead over."""

    def follows(self) -> None:
        """Say that this daemon has lost the lead."""

    def passed(self, done: Pass) -> None:
        """Say what a pass changed."""

    def troubled(self, trouble: SetupError) -> None:
        """Say what stands in the way; it will be tried again."""

    def stopped(self) -> None:
        """Say that everything has been put away."""
