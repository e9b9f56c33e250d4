"""The tables of ``config.toml``, their keys and their defaults."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
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
    model_validator,
)

from syndicate.config import checks
from syndicate.config.values import (
    Duration,
    Endpoint,
    Language,
    Name,
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


class PostsConfig(Section):
    """Where posts come from."""

    dir: Path = Path("_posts")
    """Folder that is watched, relative to ``config.toml``."""

    permalink: Annotated[str, AfterValidator(checks.permalink)] = "date"
    """Jekyll's names (date, pretty, ordinal, weekdate, none) or a template."""

    settle: Annotated[Duration, within("0s", "1m")] = timedelta(milliseconds=80)
    """Time a file must lie still to count as saved."""

    rescan: Annotated[Duration, within("1s", "1d")] = timedelta(seconds=5)
    """Time between two looks at the whole folder, for what no event told."""


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


Scalar = Annotated[str | bool | int, BeforeValidator(checks.plain)]
"""What one key of front matter may be compared with."""


class Match(Section):
    """What a rule looks at. One hit is enough."""

    title: Annotated[str, AfterValidator(checks.pattern)] | None = None
    """A regular expression, searched in the title."""

    category: tuple[str, ...] = ()
    """Categories, any of them."""

    field: dict[str, Scalar] = Field(default_factory=dict)
    """Front matter keys and the value each must have, any of them."""

    @model_validator(mode="after")
    def _looks_at_something(self) -> Self:
        if not (self.title or self.category or self.field):
            raise ValueError("write at least one of title, category, field")
        return self


class Rule(Section):
    """Which new posts become alerts."""

    name: Name
    """Shown in the ledger."""

    match: Match
    """What it looks at."""

    severity: Severity = Severity.BREAKING
    """``breaking``, ``urgent`` or ``normal``; the most urgent goes first."""

    to: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Names of channels. Left out: every channel."""


BREAKING = Rule(
    name="breaking",
    match=Match(
        title=r"^\[속보\]",
        category=("속보", "breaking"),
        field={"breaking": True},
    ),
)


class AlertsConfig(Section):
    """When channels are told."""

    not_after: Annotated[Duration, within("1ms", "30d")] = timedelta(minutes=30)
    """An alert older than this when its turn comes has expired."""

    approval: tuple[Severity, ...] = ()
    """Severities that wait for a second person."""

    rules: tuple[Rule, ...] = (BREAKING,)
    """Default: ``[속보]`` titles, categories 속보 and breaking, ``breaking: true``."""


class ChannelConfig(BaseModel):
    """One ``[[channels]]`` table. Its other keys are checked by the kind."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    name: Name
    """What the ledger, the rules and ``--to`` call it."""

    kind: str
    """A file name in ``syndicate/channels/``, or ``package.module:Class``."""

    template: str | None = None
    """Named fields only: ``{title}``, ``{excerpt}``, ``{url}``, …"""

    settings: SerializeAsAny[Section] = Section()
    """The keys of its kind."""


class Config(Section):
    """The whole file."""

    site: SiteConfig
    posts: PostsConfig = PostsConfig()
    feeds: FeedsConfig = FeedsConfig()
    server: ServerConfig = ServerConfig()
    store: StoreConfig = StoreConfig()
    alerts: AlertsConfig = AlertsConfig()
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
        return self.folder / self.posts.dir

    @cached_property
    def feeds_dir(self) -> Path:
        """The folder feeds are written to, absolute."""
        return self.folder / self.feeds.dir

    @cached_property
    def feeds_url(self) -> str:
        """Where readers fetch the feeds, with the closing slash."""
        return (self.feeds.url or f"{self.site.url}/feeds") + "/"
