"""Key files of search engines: what proves that whoever announces a post owns the site."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from syndicate.channels.indexnow import IndexNowConfig
from syndicate.config import Config


def key_files(config: Config) -> Mapping[str, str]:
    """Give the path on the site of each IndexNow key, and what its file holds."""
    found = {}
    for each in config.channels:
        if isinstance(each.settings, IndexNowConfig):
            key, place = each.settings.key, each.settings.key_location
            found[urlsplit(place).path if place else f"/{key}.txt"] = key
    return found
