"""
``config.toml``, checked.

    values     what a value may be: durations, addresses, languages
    sections   the tables of the file and their defaults
    alerting   those of alerts
    secrets    tokens given as a key, a file or from the environment
    regular    a file that is one, and no pipe
    place      the line of the file a problem is on
    load       all of it together; every fault listed at once
"""

from syndicate.config.alerting import AlertsConfig, LinkGate, Match, Rule
from syndicate.config.load import load_config
from syndicate.config.sections import (
    ChannelConfig,
    Collection,
    Config,
    Defaults,
    FeedsConfig,
    FetchConfig,
    PartnerConfig,
    PodcastConfig,
    PostsConfig,
    ServerConfig,
    SiteConfig,
    StoreConfig,
)
from syndicate.config.values import Duration, Section, WebAddress, parse_duration

__all__ = [
    "AlertsConfig",
    "ChannelConfig",
    "Collection",
    "Config",
    "Defaults",
    "Duration",
    "FeedsConfig",
    "FetchConfig",
    "LinkGate",
    "Match",
    "PartnerConfig",
    "PodcastConfig",
    "PostsConfig",
    "Rule",
    "Section",
    "ServerConfig",
    "SiteConfig",
    "StoreConfig",
    "WebAddress",
    "load_config",
    "parse_duration",
]
