"""Turns an entry, or an operator's words, into what each channel will be handed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from syndicate.alerts.compose import compose, outgoing
from syndicate.alerts.prefix import prefix_of
from syndicate.channels import find_channel
from syndicate.channels.base import Channel, Hub, Uploads, Wide
from syndicate.channels.websub import WebSubConfig
from syndicate.config import ChannelConfig, Config, Rule
from syndicate.config.alerting import Prefixes
from syndicate.errors import UsageError
from syndicate.fetch.ask import Asker
from syndicate.fetch.darkroom import Darkroom
from syndicate.model import Alert, Entry, Message, Outgoing, Severity
from syndicate.words import Said


@dataclass(frozen=True)
class Roster:
    """The configured channels, open for use."""

    channels: Mapping[str, Channel[Any]]  # by name; those of hubs among them
    configs: Mapping[str, ChannelConfig]
    prefixes: Mapping[str, Prefixes] = field(default_factory=dict)

    @cached_property
    def hubs(self) -> Mapping[str, Hub]:
        """Those that are told of feeds or posts, by name, and never of an alert."""
        found = self.channels.items()
        return {name: each for name, each in found if isinstance(each, Hub)}

    @cached_property
    def told(self) -> Sequence[str]:
        """Names of those that are told of alerts."""
        return [name for name in self.channels if name not in self.hubs]

    def names(self, wanted: Sequence[str] | None) -> list[str]:
        """
        Give the channels to tell of an alert: those wanted, or all.

        Raises:
            UsageError: One of them is not configured, or is a hub.
        """
        unknown = [name for name in wanted or () if name not in self.told]
        if unknown:
            known = ", ".join(self.told) or Said("none is configured")
            raise UsageError(
                "{name} is a hub, which is told of no alert (known: {names})"
                if unknown[0] in self.hubs
                else "no channel is called {name} (known: {names})",
                name=unknown[0],
                names=known,
            )
        return list(dict.fromkeys(self.told if wanted is None else wanted))

    def write(self, alert: Alert, names: Iterable[str]) -> list[Outgoing]:
        """Write an alert for some channels: the very bodies they will be sent."""
        alert = self._prefixed(alert)
        return [
            outgoing(
                alert,
                name=name,
                kind=self.configs[name].kind,
                channel=self.channels[name],
                template=self.configs[name].template_for(alert.severity),
            )
            for name in names
        ]

    def await_lists(self) -> None:
        """
        Wait, some seconds at most, for lists of recipients that are being changed.

        Raises:
            SetupError: One cannot be used.
        """
        for channel in self.channels.values():
            if isinstance(channel, Wide):
                channel.recipients()

    def message(self, alert: Alert, name: str) -> Message:
        """Write an alert for a channel that puts it into a body of another sort."""
        return compose(
            self._prefixed(alert),
            self.channels[name],
            template=self.configs[name].template_for(alert.severity),
        )

    def prefix(self, alert: Alert) -> str:
        """Give what stands before an alert's title."""
        return prefix_of(alert, self.prefixes)

    def _prefixed(self, alert: Alert) -> Alert:
        return replace(alert, prefix=self.prefix(alert))

    def expect(self, outgoing: Iterable[Outgoing]) -> None:
        """Have pictures made that channels are about to hand over. Returns at once."""
        for each in outgoing:
            channel = self.channels[each.channel]
            limits = channel.configured_limits.picture
            door = channel.pictures if isinstance(channel, Uploads) else None
            if each.picture and limits and door:
                door.expect(each.picture.url, limits)


def open_roster(config: Config) -> Roster:
    """Make every configured channel, and one for each hub. Opens no connection."""
    configs = {each.name: each for each in [*config.channels, *hubs_of(config)]}
    asker = Asker(allow=config.fetch.allow)
    pictures = Darkroom(config.site.url, config.files_dirs, asker)
    channels = {name: _open(each) for name, each in configs.items()}
    for channel in channels.values():
        if isinstance(channel, Uploads):
            channel.pictures = pictures
    prefixes = config.alerts.prefixes
    return Roster(channels=channels, configs=configs, prefixes=prefixes)


def _open(config: ChannelConfig) -> Channel[Any]:
    channel: Channel[Any] = find_channel(config.kind)(config.settings)
    channel.rate = config.rate or channel.rate
    return channel


def hubs_of(config: Config) -> Iterable[ChannelConfig]:
    """
    Give a channel for each of ``feeds.hubs`` that has no table of its own.

    Its name comes from the hub's host and stays the same: pings wait under it.
    """
    settings = [each.settings for each in config.channels]
    known = {each.hub for each in settings if isinstance(each, WebSubConfig)}
    taken = {each.name for each in config.channels}
    for hub in config.feeds.hubs:
        if hub not in known:
            known.add(hub)
            stem = re.sub(r"[^a-z0-9]+", "-", f"hub-{urlsplit(hub).hostname}")[:60]
            name = next(n for n in _numbered(stem.strip("-")) if n not in taken)
            taken.add(name)
            yield ChannelConfig(
                name=name, kind="websub", settings=WebSubConfig(hub=hub)
            )


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def alert_about(entry: Entry, rule: Rule, config: Config, *, since: datetime) -> Alert:
    """
    Write the alert a rule asks for.

    Args:
        entry: The post.
        rule: What asks.
        config: Says how long it is news, and which severities a person must approve.
        since: When it became news.
    """
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
        site=config.site.name,
        authors=entry.authors,
        categories=entry.categories,
        tags=entry.tags,
        held=waits_for(rule.severity, config),
    )


def waits_for(severity: Severity, config: Config) -> str | None:
    """Say why an alert waits for a person, whoever asked for it; ``None``: it does not."""
    return "waits for approval" if severity in config.alerts.approval else None
