"""Tables of what is read and written: the site, its posts, its feeds."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

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

Folder = Annotated[Path, AfterValidator(checks.folder)]
Category = Literal[
    "Arts",
    "Business",
    "Comedy",
    "Education",
    "Fiction",
    "Government",
    "Health & Fitness",
    "History",
    "Kids & Family",
    "Leisure",
    "Music",
    "News",
    "Religion & Spirituality",
    "Science",
    "Society & Culture",
    "Sports",
    "TV & Film",
    "Technology",
    "True Crime",
]
"""Source: podcasters.apple.com/support/1691-apple-podcasts-categories"""


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

    @cached_property
    def host(self) -> str:
        """``news.example``."""
        return urlsplit(self.url).hostname or ""

    @cached_property
    def zone(self) -> ZoneInfo:
        """Give the time zone itself."""
        return ZoneInfo(self.timezone)


class Collection(Section):
    """A further folder of posts, as Jekyll's ``collections``."""

    name: Annotated[str, Field(pattern=r"^[^/\s\x00]+$")]
    """What ``:collection`` in a permalink stands for, and ``type`` in defaults."""

    dir: Folder | None = None
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


LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
"""In small letters, as in names of files."""


class PostsConfig(Section):
    """Where posts come from."""

    dir: Folder = Path("_posts")
    """Folder that is watched, relative to ``config.toml``."""

    also: tuple[Folder, ...] = ()
    """Further folders of posts, such as ``news/_posts``."""

    permalink: Annotated[str, AfterValidator(checks.permalink)] = "date"
    """Jekyll's names (date, pretty, ordinal, weekdate, none), hugo, eleventy, a template."""

    languages: tuple[LanguageCode, ...] = ()
    """Of translations (``quake.en.md``, ``en/quake.md``), the site's own first."""

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

    category: Category = "News"
    """One of Apple's categories."""

    email: Annotated[str, AfterValidator(checks.mail)] = ""
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

    dir: Folder = Path("feeds")
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
