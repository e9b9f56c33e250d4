"""Small words for the terminal."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path


def count(number: int, noun: str) -> str:
    """Say ``1 post`` or ``2 posts``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Join names: ``a, b, c and 4 more``."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def clock_time(when: datetime | None = None) -> str:
    """Give the local time, with the date only if it is not today. Default: now."""
    now = datetime.now().astimezone()
    here = when.astimezone() if when else now
    today = now.date()
    return here.strftime("%H:%M:%S" if here.date() == today else "%Y-%m-%d %H:%M:%S")


def near(path: Path) -> str:
    """Name a path from where we stand, if it is below."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return str(path)
