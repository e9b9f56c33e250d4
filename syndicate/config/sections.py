"""The tables of ``config.toml``, their keys and their defaults."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    SerializeAsAny,
)

from syndicate.config.values import Duration, Language, Section, TimeZone, WebAddress
from syndicate.model import Severity

PERMALINK_NAMES = {"date", "pretty", "ordinal", "weekdate", "none"}
PERMALINK_WORDS = frozenset(
    "year short_year month i_month day i_day y_day week w_year w_day short_day "
    "long_day short_month long_month hour minute second title slug categories "
    "slugified_categories output_ext collection path name".split(),
)
"""Jekyll's placeholders. Source: jekyllrb.com/docs/permalinks/#placeholders"""


def _permalink(text: str) -> str:
    if text in PERMALINK_NAMES:
        return text
    if not text.startswith("/"):
        names = ", ".join(sorted(PERMALINK_NAMES))
        raise ValueError(
            f'write one of {names}, or a template such as "/:year/:title/"'
        )
    unknown = set(re.findall(r":([a-z_]+)", text)) - PERMALINK_WORDS
    if unknown:
        raise ValueError(f"unknown placeholder :{min(unknown)}")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


def _listen(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and port.isdecimal() and int(port) < 1 << 16):
        raise ValueError('write "host:port", or "" to switch the server off')
    return text


class SiteConfig(Section):
    """Who is publishing."""

    url: WebAddress
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

    permalink: Annotated[str, AfterValidator(_permalink)] = "date"
    """Jekyll's names (date, pretty, ordinal, weekdate, none) or a template."""

    settle: Annotated[Duration, Field(ge=timedelta(0), le=timedelta(minutes=1))] = (
        timedelta(milliseconds=80)
    )
    """Time a file must lie still to count as saved."""

    rescan: Annotated[Duration, Field(ge=timedelta(seconds=1))] = timedelta(seconds=5)
    """Time between two looks at the whole folder, for what no event told."""


class FeedsConfig(Section):
    """Where feeds go."""

    dir: Path = Path("feeds")
    """Folder that is written, relative to ``config.toml``."""

    url: WebAddress | None = None
    """Where readers fetch them. Default: ``site.url`` and ``/feeds/``."""

    entries: Annotated[int, Field(ge=1, le=10_000)] = 30
    """Entries in a feed."""

    by: tuple[Literal["category", "tag", "author", "language"], ...] = ()
    """Further feeds, one for each category, tag, author or language."""

    hubs: tuple[WebAddress, ...] = ()
    """WebSub hubs that are named in the feeds."""


class ServerConfig(Section):
    """The web server."""

    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8700"
    """Address and port; ``""`` switches it off."""


class StoreConfig(Section):
    """The database."""

    url: SecretStr = SecretStr("sqlite:///syndicate.db")
    """``sqlite:///FILE`` (relative to ``config.toml``) or ``postgresql+psycopg://…``."""


class Match(Section):
    """What a rule looks at. One hit is enough."""

    title: Annotated[str, AfterValidator(_pattern)] | None = None
    """A regular expression, searched in the title."""

    category: tuple[str, ...] = ()
    """Categories, any of them."""

    field: dict[str, str | bool | int] = Field(default_factory=dict)
    """Front matter keys and the value each must have, any of them."""


class Rule(Section):
    """Which new posts become alerts."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    """Shown in the ledger."""

    match: Match
    """What it looks at."""

    severity: Severity = Severity.BREAKING
    """``breaking``, ``urgent`` or ``normal``; the most urgent goes first."""

    to: tuple[str, ...] | None = None
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

    not_after: Annotated[Duration, Field(gt=timedelta(0))] = timedelta(minutes=30)
    """An alert older than this when its turn comes has expired."""

    approval: tuple[Severity, ...] = ()
    """Severities that wait for a second person."""

    rules: tuple[Rule, ...] = (BREAKING,)
    """Default: ``[속보]`` titles, categories 속보 and breaking, ``breaking: true``."""


class ChannelConfig(BaseModel):
    """One ``[[channels]]`` table. Its other keys are checked by the kind."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True
    )

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
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

    @property
    def folder(self) -> Path:
        """What relative paths are relative to."""
        return self._path.resolve().parent

    @property
    def posts_dir(self) -> Path:
        """The folder of posts, absolute."""
        return self.folder / self.posts.dir

    @property
    def feeds_dir(self) -> Path:
        """The folder feeds are written to, absolute."""
        return self.folder / self.feeds.dir

    @property
    def feeds_url(self) -> str:
        """Where readers fetch the feeds, with the closing slash."""
        return (self.feeds.url or f"{self.site.url}/feeds") + "/"
