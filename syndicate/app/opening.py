"""The configuration, checked against the kinds of its channels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from syndicate.config import Config, Section, load_config
from syndicate.config.faults import Fault, report
from syndicate.errors import ConfigError
from syndicate.words import Said


def now_utc() -> datetime:
    """Give the time of day, aware."""
    return datetime.now(UTC)


def open_config(path: Path) -> Config:
    """
    Read and check ``config.toml``, its channels included.

    Raises:
        ConfigError: Every fault, each with its place.
    """
    config = load_config(path, _keys_of, template=_fields_of)
    if faults := [*_hubs_in_rules(config), *_strange_partners(config)]:
        text = path.read_text("utf-8-sig")
        raise ConfigError(*(report(path, text, fault) for fault in faults))
    return config


def _hubs_in_rules(config: Config) -> Iterator[Fault]:
    """Find rules that would tell a hub of an alert."""
    if not config.channels:
        return  # and pay for no kind
    from syndicate.channels import find_channel  # noqa: PLC0415 - see above
    from syndicate.channels.base import Hub  # noqa: PLC0415

    kinds = {each.name: find_channel(each.kind) for each in config.channels}
    for index, rule in enumerate(config.alerts.rules):
        for name in rule.to or ():
            if issubclass(kinds[name], Hub):
                yield Fault(
                    where=("alerts", "rules", index, "to"),
                    reason=Said(
                        "{name} is a hub, and hubs hear of no alert", {"name": name}
                    ),
                    hint=Said("leave it out: hubs are told when the feeds are out"),
                )


def _strange_partners(config: Config) -> Iterator[Fault]:
    """Find partners nobody knows, and names two of them have."""
    if not config.feeds.partners:
        return  # and pay for no profile
    from syndicate.feeds.partners import known_profiles  # noqa: PLC0415 - see above

    names: set[str] = set()
    for index, partner in enumerate(config.feeds.partners):
        where = ("feeds", "partners", index)
        if partner.name in names:
            reason = Said("{name} is used twice", {"name": partner.name})
            hint = Said("give each its own name")
            yield Fault(where=(*where, "name"), code="CF005", reason=reason, hint=hint)
        names.add(partner.name)
        if partner.profile not in known_profiles():
            yield Fault(
                where=(*where, "profile"),
                reason=Said("no profile is called {name}", {"name": partner.profile}),
                hint=Said("known are {names}", {"names": ", ".join(known_profiles())}),
            )


def _fields_of(template: str) -> object:
    from syndicate.alerts.template import fields_of  # noqa: PLC0415 - of a channel only

    return fields_of(template)


def _keys_of(kind: str) -> type[Section]:
    from syndicate.channels import find_channel  # noqa: PLC0415 - asked of a channel only

    return find_channel(kind).Config
