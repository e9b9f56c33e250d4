"""The whole of ``config.toml``: its tables, and the folders they lead to."""

import os
from functools import cached_property
from pathlib import Path

from pydantic import PrivateAttr

from syndicate.config.alerting import AlertsConfig
from syndicate.config.publishing import FeedsConfig, PostsConfig, SiteConfig
from syndicate.config.serving import FetchConfig, ServerConfig, StoreConfig
from syndicate.config.telling import ChannelConfig
from syndicate.config.values import Section


class Config(Section):
    """The whole file."""

    site: SiteConfig
    posts: PostsConfig = PostsConfig()
    feeds: FeedsConfig = FeedsConfig()
    server: ServerConfig = ServerConfig()
    store: StoreConfig = StoreConfig()
    alerts: AlertsConfig = AlertsConfig()
    fetch: FetchConfig = FetchConfig()
    channels: tuple[ChannelConfig, ...] = ()

    _path: Path = PrivateAttr(default=Path("config.toml"))

    @property
    def path(self) -> Path:
        """The file it was read from."""
        return self._path

    @cached_property
    def folder(self) -> Path:
        """What relative paths are relative to."""
        return self._path.resolve().parent

    @cached_property
    def is_jekyll(self) -> bool:
        """Whether this is Jekyll's site, too: its own configuration lies beside."""
        return (self.folder / "_config.yml").is_file()

    @cached_property
    def posts_dir(self) -> Path:
        """The folder of posts, absolute."""
        if self.posts_folders == ("",):
            return self.folder / self.posts.dir
        return Path(os.path.commonpath(self._sources))

    @cached_property
    def posts_folders(self) -> tuple[str, ...]:
        """The folders posts are in, below ``posts_dir``; ``""`` is that itself."""
        if len(self._sources) == 1:
            return ("",)
        root = os.path.commonpath(self._sources)
        below = [os.path.relpath(source, root) for source in self._sources]
        return tuple("" if path == "." else path for path in below)

    @cached_property
    def _sources(self) -> list[str]:
        """Every folder of posts, absolute, each once."""
        collections = (each.folder for each in self.posts.collections if each.output)
        folders = [self.posts.dir, *self.posts.also, *collections]
        named = (os.path.normpath(self.folder / folder) for folder in folders)
        return list(dict.fromkeys(named))

    @cached_property
    def _shown(self) -> str:
        """What problems put before a post's path."""
        if self.posts_folders == ("",):
            return f"{self.posts.dir}/"
        way = os.path.relpath(self.posts_dir, self.folder)
        return "" if way == "." else f"{way}/"

    def shown(self, path: str) -> str:
        """Give a post's path as people know it: from this file's folder on."""
        return self._shown + path

    @cached_property
    def feeds_dir(self) -> Path:
        """The folder feeds are written to, absolute."""
        return self.folder / self.feeds.dir

    @cached_property
    def files_dirs(self) -> tuple[Path, ...]:
        """The folders the site serves files from, absolute."""
        return tuple(self.folder / each for each in self.site.files)

    @cached_property
    def feeds_url(self) -> str:
        """Where readers fetch the feeds, with the closing slash."""
        return (self.feeds.url or f"{self.site.url}/feeds") + "/"
