"""``syndicate channels``: what is configured, what it can do, whether it answers."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from syndicate.app import open_app
from syndicate.app.allowing import Enquiry, recall
from syndicate.app.answers import remember
from syndicate.app.probing import Ability, ChannelReport, report_channels
from syndicate.app.spending import told_of
from syndicate.channels.base import Standing
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    print_json,
)
from syndicate.cli.messages import price_as_result
from syndicate.cli.words import zoned_time
from syndicate.model import Memory
from syndicate.words import Said, listed, phrase, say
from syndicate.words.stored import retold

MEMORIES = {
    Memory.KEYED: "recognises a repeat by its key",
    Memory.READ_BACK: "can be asked what it has",
    Memory.SEMI: "refuses the same words twice",
    Memory.HARMLESS: "a repeat changes nothing",
    Memory.BLIND: "a doubt waits for a person",
}


@click.command("channels")
@click.option("--probe", is_flag=True, help="Ask platforms who we are; posts nothing.")
@config_option
@json_option
def channels_command(*, probe: bool, as_json: bool) -> None:
    """Show what is configured, what each channel can do, and whether it answers."""
    with open_app(config_path()) as app:
        if probe and not app.is_new:  # where no daemon asks, it is learnt here
            Enquiry(roster=app.roster, store=app.store, clock=app.clock).round()
            recall(app.roster, app.store)
        reports, now = report_channels(app, probe=probe), app.clock()
        if probe and not app.is_new:
            answers = {each.name: each.answer for each in reports if each.answer}
            remember(app.store, answers, of=app.roster.channels, now=now)
        site, ahead = app.config.site, app.config.fetch.credentials
    if as_json:
        print_json([as_result(each) for each in reports])
    else:
        for each in reports:
            _show(each)
            for line, colour in _standing(each, now, zone=site.zone, ahead=ahead):
                click.secho(f"  {line}", fg=colour)
        if not reports:
            click.echo(say("no channel is configured; add a [[channels]] table"))
    refused = any(each.answer and each.answer.refusal for each in reports)
    sys.exit(Exit.FAILED if refused else Exit.DONE)


def as_result(report: ChannelReport) -> dict[str, Any]:
    """Give a channel for programs: times in seconds."""
    result = asdict(report)
    for name in ("edit", "delete", "reply"):
        within = result[name]["within"]
        result[name]["within"] = within and within.total_seconds()
    result["spent"] = report.spent and {
        "messages": report.spent.messages,
        "sums": list(map(price_as_result, report.spent.sums)),
    }
    return result


def _show(report: ChannelReport) -> None:
    kind = "" if report.kind == report.name else f" ({report.kind})"
    click.secho(f"{report.name}{kind}", bold=True)
    if report.paused is not None:
        why = retold(report.paused) or Said("no reason given")
        click.secho(f"  {say('paused: {reason}', reason=why)}", fg="yellow")
    for line in _lines(report):
        click.echo(f"  {line}")


def _lines(report: ChannelReport) -> Iterator[str]:
    if report.is_hub:
        yield say("a hub: told when feeds are out, never of an alert")
        return
    yield say("{count} {unit} a message", count=report.text, unit=Said(report.unit))
    yield phrase(MEMORIES[report.memory])
    acts = {"edit": report.edit, "delete": report.delete, "reply": report.reply}
    can = [_act(name, ability) for name, ability in acts.items() if ability.can]
    yield say("can {acts}", acts=listed(can)) if can else say("what was sent stays")
    if report.spent:
        yield told_of(report.spent)
    if not report.can_probe:
        yield say("cannot be asked whether our credentials hold")


def _act(name: str, ability: Ability) -> str:
    if ability.within is None:
        return phrase(name)
    if ability.within < timedelta(hours=1):
        minutes = round(ability.within / timedelta(minutes=1))
        within = "{act} (within {minutes:minute|minutes})"
        return say(within, act=Said(name), minutes=minutes)
    hours = round(ability.within / timedelta(hours=1))
    within = "{act} (within {hours:hour|hours})"
    return say(within, act=Said(name), hours=hours)


def _standing(
    report: ChannelReport, now: datetime, *, zone: ZoneInfo, ahead: timedelta
) -> Iterator[tuple[str, str]]:
    """Tell what the platform says, or what it said last; each line with its colour."""
    if report.answer is None and report.known:
        when = zoned_time(report.known.asked_at, zone)
        yield say("asked last {time}:", time=when), "bright_black"
    answer = report.latest
    if answer is None:
        return
    if answer.standing is None:
        yield say("refused: {reason}", reason=retold(answer.refusal)), "red"
        return
    yield from _told(answer.standing, now, ahead)


def _told(
    standing: Standing, now: datetime, ahead: timedelta
) -> Iterator[tuple[str, str]]:
    yield say("answers as {account}", account=standing.account), "green"
    if standing.scopes:
        yield say("may {scopes}", scopes=listed(standing.scopes, most=20)), "green"
    if standing.expires:
        left = standing.expires - now
        days = max(left.days, 0)
        colour = "red" if left < timedelta(0) else "yellow" if left < ahead else "green"
        yield say("credentials end in {days:day|days}", days=days), colour
    if standing.quota:
        yield say("left: {quota}", quota=standing.quota), "green"
