"""The tables of ``config.toml``, their keys and their defaults."""

import os
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    SerializeAsAny,
)

from syndicate.config import checks
from syndicate.config.alerting import AlertsConfig
from syndicate.config.values import (
    Duration,
    Endpoint,
    Language,
    Name,
    Pace,
    Section,
    TimeZone,
    WebAddress,
    within,
)
from syndicate.model import Severity


class SiteConfig(Section):
    """Who is publishing."""

    url: Annotated[WebAddress, AfterValidator(checks.site)]
    """Address of the site. Permalinks and the identities of posts are built from it."""

    title: str = ""
    """Name of the site. Default: the host of ``url``."""

    description: str = ""
    """One sentence about it."""

    language: Language = "en"
    """Language of the posts that do not say (BCP 47), such as ``ko``."""

    timezone: TimeZone = "UTC"
    """Zone of dates written without one, such as ``Asia/Seoul``."""

    author: str = ""
    """Author of the posts that do not say."""

    image: str = ""
    """Logo of the site: an address, or a path on the site."""

    values: Annotated[dict[str, Any], BeforeValidator(checks.tree)] = Field(
        default_factory=dict
    )
    """What else ``site.…`` in bodies stands for."""

    files: tuple[str, ...] = (".", "static")
    """Folders the site serves files from, relative to ``config.toml``."""

    @property
    def name(self) -> str:
        """The title, or else the host."""
        return self.title or self.host

    @property
    def host(self) -> str:
        """``news.example``."""
        return urlsplit(self.url).hostname or ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)


class Collection(Section):
    """A further folder of posts, as Jekyll's ``collections``."""

    name: Annotated[str, Field(pattern=r"^[^/\s]+$")]
    """What ``:collection`` in a permalink stands for, and ``type`` in defaults."""

    dir: Path | None = None
    """The folder, relative to ``config.toml``. Default: ``_`` and the name."""

    permalink: Annotated[str, AfterValidator(checks.permalink)] | None = None
    """A template. Default: ``/:collection/:path`` and an ending as ``posts.permalink``."""

    output: bool = True
    """Whether its files get pages; without pages they stand in no feed."""

    @property
    def folder(self) -> Path:
        """The folder it is in."""
        return self.dir or Path(f"_{self.name}")


class Defaults(Section):
    """Front matter of posts that do not say themselves, as Jekyll's ``defaults``."""

    path: str = ""
    """Beginning of the files' paths, relative to ``config.toml``; ``*`` is any name."""

    type: str = ""
    """``posts``, or the name of a collection. Empty: all."""

    values: Annotated[dict[str, Any], BeforeValidator(checks.values)]
    """Keys and values."""


class PostsConfig(Section):
    """Where posts come from."""

    dir: Path = Path("_posts")
    """Folder that is watched, relative to ``config.toml``."""

    also: tuple[Path, ...] = ()
    """Further folders of posts, such as ``news/_posts``."""

    permalink: Annotated[str, AfterValidator(checks.permalink)] = "date"
    """Jekyll's names (date, pretty, ordinal, weekdate, none), hugo, eleventy, a template."""

    collections: tuple[Collection, ...] = ()
    """Folders with addresses of their own."""

    defaults: tuple[Defaults, ...] = ()
    """Front matter for posts that do not say themselves."""

    settle: Annotated[Duration, within("0s", "1m")] = timedelta(milliseconds=80)
    """Time a file must lie still to count as saved."""

    rescan: Annotated[Duration, within("1s", "1d")] = timedelta(seconds=5)
    """Time between two looks at the whole folder, for what no event told."""


class PodcastConfig(Section):
    """What directories of podcasts are told."""

    category: str = "News"
    """One of Apple's categories."""

    email: str = ""
    """Where a directory writes to, to be sure whose feed it is. Readers see it."""

    image: str = ""
    """Cover, JPEG or PNG: an address, or a path on the site. Default: ``site.image``."""

    explicit: bool = False
    """Whether episodes that do not say are not for children."""


class PartnerConfig(Section):
    """A company that fetches a feed of its own."""

    name: Name
    """Its feed is ``partner/<name>.xml``."""

    profile: str
    """A file name in ``syndicate/feeds/partners/``, such as ``msn``."""


class FeedsConfig(Section):
    """Where feeds go."""

    dir: Path = Path("feeds")
    """Folder that is written, relative to ``config.toml``."""

    url: WebAddress | None = None
    """Where readers fetch them. Default: ``site.url`` and ``/feeds/``."""

    entries: Annotated[int, BeforeValidator(checks.count)] = 30
    """Entries in a feed."""

    by: tuple[Literal["category", "tag", "author", "language"], ...] = ()
    """Further feeds, one for each category, tag, author or language."""

    hubs: tuple[Endpoint, ...] = ()
    """WebSub hubs that are named in the feeds."""

    podcast: PodcastConfig = PodcastConfig()
    """What directories of podcasts are told, where posts have recordings."""

    archive: bool = False
    """Whether older posts stay readable, in documents that do not change (RFC 5005)."""

    tombstones: bool = False
    """Whether ``tombstones.xml`` tells partners what was withdrawn or deleted (RFC 6721)."""

    corrections: Literal["announced", "silent"] = "announced"
    """Whether a changed text is new to readers; ``correction:`` of a post decides."""

    partners: tuple[PartnerConfig, ...] = ()
    """Feeds as partners want them, one table for each."""


class ServerConfig(Section):
    """The web server."""

    listen: Annotated[str, AfterValidator(checks.listen)] = "127.0.0.1:8700"
    """Address and port; ``""`` switches it off."""


class StoreConfig(Section):
    """The database."""

    url: Annotated[SecretStr, AfterValidator(checks.database)] = SecretStr(
        "sqlite:///syndicate.db"
    )
    """``sqlite:///FILE`` (relative to ``config.toml``) or ``postgresql+psycopg://…``."""

    keep: Annotated[Duration, within("7d")] = timedelta(days=365)
    """How long what is settled is kept: words, attempts, the audit log."""


class FetchConfig(Section):
    """What is asked of other servers, beside sending."""

    pictures: bool = True
    """Whether ``run`` measures pictures that lie elsewhere."""

    allow: tuple[Annotated[str, AfterValidator(checks.host)], ...] = ()
    """Hosts that need not be on the public internet: ``host`` or ``host:port``."""


class Templates(Section):
    """A channel's templates by severity; left out: ``template``."""

    breaking: str | None = None
    """For breaking news."""

    urgent: str | None = None
    """For what is urgent."""

    normal: str | None = None
    """For all else."""


class ChannelConfig(BaseModel):
    """One ``[[channels]]`` table. Its other keys are checked by the kind."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    name: Name
    """What the ledger, the rules and ``--to`` call it."""

    kind: str
    """A file name in ``syndicate/channels/``, or ``package.module:Class``."""

    template: str | None = None
    """Named fields only: ``{title}``, ``{excerpt}``, ``{url}``, …"""

    templates: Templates = Templates()
    """Other templates for some severities, under ``[channels.templates]``."""

    rate: Pace | None = None
    """How often it is told, such as ``20/m`` or ``300/5m``. Default: the kind's."""

    settings: SerializeAsAny[Section] = Section()
    """The keys of its kind."""

    def template_for(self, severity: Severity) -> str | None:
        """Give the template for a severity; ``None``: the kind's own."""
        own: str | None = getattr(self.templates, severity.value)
        return own or self.template


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
