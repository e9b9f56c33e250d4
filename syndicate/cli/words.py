"""Times and paths for the terminal."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from syndicate.errors import UsageError


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


def zoned_time(when: datetime, zone: ZoneInfo) -> str:
    """Give a time with its zone as it is called then: ``01:30:00 EST``, or ``EDT``."""
    return f"{clock_time(when, zone)} {when.astimezone(zone).tzname()}"


def read_time(text: str, *, zone: ZoneInfo, now: datetime) -> datetime:
    """
    Read a time of day, or a date and a time, that is still to come.

    An hour that clocks show twice is the one to come; one they leave out is counted
    from before they are set forward (RFC 5545 section 3.3.5), so it is never too soon.

    Args:
        text: ``18:30`` is today's; ``2026-05-18T18:30`` may end in an offset.
        zone: What it means where it does not say.
        now: The time, aware.

    Returns:
        The moment, UTC.

    Raises:
        UsageError: It is no time, or it has passed.
    """
    try:
        if len(text) <= len("18:30:00"):
            today = now.astimezone(zone).date().isoformat()
            text = f"{today}T{text.zfill(len('18:30'))}"
        written = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            "--at {text}: not a time; write 18:30, or 2026-05-18T18:30", text=text
        ) from None
    # Compared in UTC: within a zone Python compares what clocks show.
    local = written if written.tzinfo else written.replace(tzinfo=zone)
    first, again = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    moment = again if first <= now < again else first
    if moment <= now:
        raise UsageError("--at {text}: that time has passed", text=text)
    return moment


def near(path: Path) -> str:
    """Name a path from where we stand, if it is below."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return str(path)
