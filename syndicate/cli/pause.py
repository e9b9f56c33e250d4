"""
The red button: ``pause`` and ``resume``.

No send begins once a pause is written down; one that is under way ends. A pause survives
a restart, and what waits, waits until it is no news any more.
"""

from zoneinfo import ZoneInfo

import click

from syndicate.app import open_app
from syndicate.cli.common import (
    config_option,
    config_path,
    json_option,
    operator,
    print_json,
)
from syndicate.cli.words import zoned_time
from syndicate.store.rows import Switch
from syndicate.words import Said, say
from syndicate.words.stored import retold

channel_argument = click.argument("channel", required=False)
reason_option = click.option("--reason", metavar="R", default="", help="For the log.")


@click.command("pause")
@channel_argument
@reason_option
@config_option
@json_option
def pause_command(channel: str | None, reason: str, *, as_json: bool) -> None:
    """
    Stop sending, at once: on CHANNEL, or everywhere.

    Alerts are still taken in. They wait, and expire like any others.
    """
    _turn(channel, reason, on=True, as_json=as_json)


@click.command("resume")
@channel_argument
@reason_option
@config_option
@json_option
def resume_command(channel: str | None, reason: str, *, as_json: bool) -> None:
    """Go on sending: on CHANNEL, or on all that are not paused by their own name."""
    _turn(channel, reason, on=False, as_json=as_json)


def _turn(channel: str | None, reason: str, *, on: bool, as_json: bool) -> None:
    with open_app(config_path()) as app:
        changed = app.pause(channel, who=operator(), reason=reason, on=on)
        pauses, zone = app.pauses(), app.config.site.zone
    if as_json:
        print_json({"changed": changed, "paused": [as_result(each) for each in pauses]})
        return
    click.echo(_done(channel or Said("every channel"), on=on, changed=changed))
    if not on:
        for each in pauses:
            click.echo(line_of(each, zone))


def _done(channel: str | Said, *, on: bool, changed: bool) -> str:
    match on, changed:
        case True, True:
            return say("{channel}: paused", channel=channel)
        case True, False:
            return say("{channel}: was paused already", channel=channel)
        case False, True:
            return say("{channel}: sends again", channel=channel)
        case _:
            return say("{channel}: was not paused", channel=channel)


def line_of(pause: Switch, zone: ZoneInfo) -> str:
    """Say one line about a pause."""
    return say(
        "{channel} is paused since {time} by {who}: {reason}",
        channel=pause.channel or Said("every channel"),
        time=zoned_time(pause.changed_at, zone),
        who=pause.who,
        reason=retold(pause.reason) or Said("no reason given"),
    )


def as_result(pause: Switch) -> dict[str, object]:
    """Give a pause for programs; the channel of all is null."""
    return {
        "channel": pause.channel,
        "since": pause.changed_at,
        "who": pause.who,
        "reason": pause.reason,
    }
