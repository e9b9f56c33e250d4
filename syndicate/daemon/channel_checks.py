"""What ``doctor`` finds of each channel and hub."""

from collections.abc import Iterator, Mapping

from syndicate.app import App
from syndicate.app.probing import ChannelReport, report_channels
from syndicate.app.spending import told_of
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
        yield (
            _refused(each)
            or _resting(each, rests)
            or _ending(each, app)
            or _standing(each)
        )


def _rests(app: App) -> Mapping[str, LaneRow]:
    if app.is_new:  # looking makes no database
        return {}
    with app.store.read() as connection:
        return load_rests(connection)


def _refused(each: ChannelReport) -> Finding | None:
    """Tell of a platform that wants nothing of us, or of a person who said stop."""
    of, answer = f"channel {each.name}", each.latest
    if answer and answer.refusal:
        said = say("refused: {reason}", reason=retold(answer.refusal))
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


def _ending(each: ChannelReport, app: App) -> Finding | None:
    """Tell of credentials that end soon, or have ended."""
    answer, now = each.latest, app.clock()
    standing = answer and answer.standing
    end = standing and standing.expires
    if not standing or not end or end - now >= app.config.fetch.credentials:
        return None
    ends = say("credentials end in {days:day|days}", days=max((end - now).days, 0))
    said = f"{say('answers as {account}', account=standing.account)}; {ends}"
    mend = say("get new ones in time; its page under docs/channels says where")
    grade = Grade.NOTE if end > now else Grade.ILL
    return Finding(of=f"channel {each.name}", said=said, grade=grade, mend=mend)


def _standing(each: ChannelReport) -> Finding:
    answer = each.latest
    if answer and answer.standing:
        said = say("answers as {account}", account=answer.standing.account)
    elif each.can_probe:
        said = say("configured; --probe asks it")
    else:
        said = say("configured")
    if each.spent and each.spent.messages:
        said += f"; {told_of(each.spent)}"
    return Finding(of=f"channel {each.name}", said=said)
