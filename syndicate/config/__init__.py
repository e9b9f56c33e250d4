"""
``config.toml``, checked.

    values     what a value may be: durations, addresses, languages; checks: and more
    sections   the whole file, and the folders its tables lead to
    publishing, alerting, telling, serving
               the tables and their defaults
    channels   ``[[channels]]``, checked against their kinds
    secrets    tokens given as a key, a file or from the environment
    regular    a file that is one, and no pipe
    faults     what is wrong with a key; way and place: which, and on which line
    load       all of it together; every fault listed at once
"""

from syndicate.config.alerting import AlertsConfig, LinkGate, Match, Rule
from syndicate.config.load import load_config
from syndicate.config.publishing import (
    Collection,
    Defaults,
    FeedsConfig,
    PartnerConfig,
    PodcastConfig,
    PostsConfig,
    SiteConfig,
)
from syndicate.config.sections import Config
from syndicate.config.serving import FetchConfig, ServerConfig, StoreConfig
from syndicate.config.telling import ChannelConfig
from syndicate.config.values import (
    Duration,
    SecretAddress,
    Section,
    WebAddress,
    parse_duration,
    web_address,
)

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
    "SecretAddress",
    "Section",
    "ServerConfig",
    "SiteConfig",
    "StoreConfig",
    "WebAddress",
    "load_config",
    "parse_duration",
    "web_address",
]
