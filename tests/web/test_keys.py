"""The key file of IndexNow is on the site itself."""

from syndicate.channels.indexnow import IndexNowConfig
from syndicate.config import ChannelConfig, Config, SiteConfig
from syndicate.config.values import Section
from syndicate.web.keys import key_files

KEY = "8d1f0a52c6e94b7f"


def config(*settings: Section) -> Config:
    channels = [
        ChannelConfig(name=f"c{number}", kind="indexnow", settings=each)
        for number, each in enumerate(settings)
    ]
    site = SiteConfig(url="https://news.example")
    return Config(site=site, channels=tuple(channels))


def test_a_key_lies_where_search_engines_look_for_it() -> None:
    assert key_files(config(IndexNowConfig(key=KEY))) == {f"/{KEY}.txt": KEY}


def test_a_key_lies_where_the_configuration_says() -> None:
    place = IndexNowConfig(key=KEY, key_location="https://news.example/keys/a.txt")

    assert key_files(config(place)) == {"/keys/a.txt": KEY}


def test_other_channels_have_no_key() -> None:
    assert key_files(config(Section())) == {}
