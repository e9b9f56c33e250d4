"""What ``doctor`` finds of each channel and hub."""

from collections.abc import Iterator, Mapping

from syndicate.app import App
from syndicate.app.probing import ChannelReport, report_channels
from syndicate.daemon.finding import Finding, Grade
from syndicate.outbox.breaker import FAILURES
from syndicate.store.lanes import LaneRow, load_rests
from syndicate.words import Said, say
from syndicate.words.stored import retold


def check_channels(app: App, *, probe: bool) -> Iterator[Finding]:
    """
    Tell of every channel, hubs last.

    Args:
        app: Whose.
        probe: Whether platforms are asked whether our credentials hold.
    """
    reports = report_channels(app, probe=probe)
    if not reports:
        said = say("no channel is configured; add a [[channels]] table")
        yield Finding(of="channels", said=said, grade=Grade.NOTE)
    rests = _rests(app)
    for each in reports:
        yield _refused(each) or _resting(each, rests) or _standing(each)


def _rests(app: App) -> Mapping[str, LaneRow]:
    if app.is_new:  # looking makes no database
        return {}
    with app.store.read() as connection:
        return load_rests(connection)


def _refused(each: ChannelReport) -> Finding | None:
    """Tell of a platform that wants nothing of us, or of a person who said stop."""
    of = f"channel {each.name}"
    if each.answer and each.answer.refusal:
        said = say("refused: {reason}", reason=retold(each.answer.refusal))
        mend = say("mend its keys in config.toml; its page under docs/channels helps")
        return Finding(of=of, said=said, grade=Grade.ILL, mend=mend)
    if each.paused is not None:
        why = retold(each.paused) or Said("no reason given")
        said = say("paused: {reason}", reason=why)
        mend = f"syndicate resume {each.name}"
        return Finding(of=of, said=said, grade=Grade.NOTE, mend=mend)
    return None


def _resting(each: ChannelReport, rests: Mapping[str, LaneRow]) -> Finding | None:
    """Tell of a channel or hub that has failed so often that it is left alone."""
    lane = rests.get(each.name)
    if lane is None or lane.failures < FAILURES:
        return None
    said = say("failed {count} times in a row", count=lane.failures)
    ledger = "syndicate alerts --pings" if each.is_hub else "syndicate alerts"
    mend = say("`{command}` says why; it is tried again by itself", command=ledger)
    return Finding(of=f"channel {each.name}", said=said, grade=Grade.ILL, mend=mend)


def _standing(each: ChannelReport) -> Finding:
    if each.answer and each.answer.standing:
        said = say("answers as {account}", account=each.answer.standing.account)
    elif each.can_probe:
        said = say("configured; --probe asks it")
    else:
        said = say("configured")
    return Finding(of=f"channel {each.name}", said=said)
