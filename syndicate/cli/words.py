"""Times and paths for the terminal."""

from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo


def clock_time(when: datetime | None = None, zone: tzinfo | None = None) -> str:
    """
    Give a time of day, with the date only if it is not today.

    Args:
        when: Default: now.
        zone: Default: the machine's.
    """
    now = datetime.now().astimezone(zone)
    there = when.astimezone(zone) if when else now
    today = now.date()
    return there.strftime("%H:%M:%S" if there.date() == today else "%Y-%m-%d %H:%M:%S")


def zone_name(zone: ZoneInfo) -> str:
    """Name a zone as people write it behind a time: ``KST``."""
    return datetime.now(zone).tzname() or zone.key


def near(path: Path) -> str:
    """Name a path from where we stand, if it is below."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return str(path)
