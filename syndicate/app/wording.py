"""The exact bodies by which an alert is put right or taken back, one for each act."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from syndicate.app.telling import Roster
from syndicate.channels.base import Replies
from syndicate.model import Act, Alert, Outgoing
from syndicate.outbox.acts import Choice


def outgoing(
    alert: Alert, choices: Sequence[Choice], roster: Roster
) -> Iterator[Outgoing]:
    """
    Write what each act hands over, to the byte.

    Args:
        alert: The one that corrects or retracts.
        choices: What is done about each message.
        roster: The configured channels.
    """
    for choice in choices:
        name = choice.row.channel
        for act in choice.acts:
            if act is Act.DELETE:
                yield _nothing_to_say(choice, roster)
            elif act in {Act.SEND, Act.REPLACE}:
                yield _anew(alert, choice, act=act, roster=roster)
            else:
                (part,) = roster.write(alert, [name])
                part = replace(part, act=act, target=choice.row.id)
                if act is Act.REPLY:
                    part = _answer(part, alert, choice=choice, roster=roster)
                yield part


def _nothing_to_say(choice: Choice, roster: Roster) -> Outgoing:
    name = choice.row.channel
    return Outgoing(
        channel=name,
        kind=roster.configs[name].kind,
        body="",
        text="",
        count=0,
        limit=0,
        unit="",
        act=Act.DELETE,
        target=choice.row.id,
    )


def _anew(alert: Alert, choice: Choice, *, act: Act, roster: Roster) -> Outgoing:
    """Say it in place of words that are gone, or that nobody has seen."""
    row = choice.row
    if act is Act.SEND:  # nobody has read what it corrects, so it is told as news
        alert = replace(alert, corrects=None)
    (part,) = roster.write(alert, [row.channel])
    if not choice.is_called_off:
        return replace(part, act=act)
    return replace(part, act=act, due_at=row.due_at, not_after=row.not_after)


def _answer(
    part: Outgoing, alert: Alert, *, choice: Choice, roster: Roster
) -> Outgoing:
    channel = roster.channels[part.channel]
    assert isinstance(channel, Replies)  # which is why it was chosen
    message = roster.message(alert, part.channel)
    return replace(part, body=channel.reply(message, choice.row.remote_id or ""))
