"""The configuration, checked against the kinds of its channels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from syndicate.alerts.template import fields_of
from syndicate.channels import find_channel
from syndicate.channels.base import Hub
from syndicate.config import Config, Section, load_config
from syndicate.config.faults import Fault, report
from syndicate.errors import ConfigError


def now_utc() -> datetime:
    """Give the time of day, aware."""
    return datetime.now(UTC)


def open_config(path: Path) -> Config:
    """
    Read and check ``config.toml``, its channels included.

    Raises:
        ConfigError: Every fault, each with its place.
    """
    config = load_config(path, _keys_of, template=fields_of)
    if faults := list(_hubs_in_rules(config)):
        text = path.read_text("utf-8-sig")
        raise ConfigError(*(report(path, text, fault) for fault in faults))
    return config


def _hubs_in_rules(config: Config) -> Iterator[Fault]:
    """Find rules that would tell a hub of an alert."""
    kinds = {each.name: find_channel(each.kind) for each in config.channels}
    for index, rule in enumerate(config.alerts.rules):
        for name in rule.to or ():
            if issubclass(kinds[name], Hub):
                yield Fault(
                    where=("alerts", "rules", index, "to"),
                    message=f"{name} is a hub, and hubs hear of no alert",
                    hint="leave it out: hubs are told when the feeds are out",
                )


def _keys_of(kind: str) -> type[Section]:
    return find_channel(kind).Config
