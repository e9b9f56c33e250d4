"""Turns an entry, or an operator's words, into what each channel will be handed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.alerts.compose import outgoing
from syndicate.channels import find_channel
from syndicate.channels.base import Channel
from syndicate.config import ChannelConfig, Config, Rule
from syndicate.errors import UsageError
from syndicate.model import Alert, Entry, Outgoing


@dataclass(frozen=True, slots=True)
class Roster:
    """The configured channels, open for use."""

    channels: Mapping[str, Channel[Any]]  # by name
    configs: Mapping[str, ChannelConfig]

    def names(self, wanted: Sequence[str] | None) -> list[str]:
        """
        Give the channels to tell: those wanted, or all.

        Raises:
            UsageError: One of them is not configured.
        """
        unknown = [name for name in wanted or () if name not in self.channels]
        if unknown:
            known = ", ".join(self.channels) or "none is configured"
            raise UsageError(f"no channel is called {unknown[0]} (known: {known})")
        return list(dict.fromkeys(self.channels if wanted is None else wanted))

    def write(self, alert: Alert, names: Iterable[str]) -> list[Outgoing]:
        """Write an alert for some channels: the very bodies they will be sent."""
        return [
            outgoing(
                alert,
                name=name,
                kind=self.configs[name].kind,
                channel=self.channels[name],
                template=self.configs[name].template,
            )
            for name in names
        ]


def open_roster(config: Config) -> Roster:
    """Make every configured channel. Opens no connection."""
    return Roster(
        channels={
            each.name: find_channel(each.kind)(each.settings)
            for each in config.channels
        },
        configs={each.name: each for each in config.channels},
    )


def alert_about(
    entry: Entry, rule: Rule, config: Config, *, since: datetime, now: datetime
) -> Alert:
    """
    Write the alert a rule asks for.

    Args:
        entry: The post.
        rule: What asks.
        config: Says how long it is news, and which severities a person must approve.
        since: When it became news.
        now: When this was decided.
    """
    approval = rule.severity in config.alerts.approval
    return Alert(
        title=entry.title,
        link=entry.link,
        language=entry.language or config.site.language,
        excerpt=entry.excerpt,
        picture=entry.picture,
        severity=rule.severity,
        rule=rule.name,
        who=f"rule {rule.name}",
        identity=entry.identity,
        not_after=since + config.alerts.not_after,
        decided=now,
        site=config.site.name,
        authors=entry.authors,
        categories=entry.categories,
        held="waits for approval" if approval else None,
    )
