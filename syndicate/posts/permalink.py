"""
Permalinks, as Jekyll would make them.

A name (date, pretty, ordinal, weekdate, none), a template (``/:year/:title/``), or the
post's own ``permalink``. Dates in them are of the site's zone; in Hugo, of their own.

A post without a date has an address only once it is known when it was first seen:
``Post.link`` is empty until ``finish`` fills it, and from then on it never changes.

Source: jekyllrb.com/docs/permalinks, Jekyll's ``UrlDrop`` and ``URL``.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from unicodedata import normalize

from msgspec.structs import replace

from syndicate.config import Config
from syndicate.model import Post
from syndicate.posts.addresses import absolute, encoded
from syndicate.posts.collections import name_of, template_of
from syndicate.posts.dates import file_date, own_zone
from syndicate.posts.hugo import eleventy_path, is_hugo, pretty, undated
from syndicate.posts.liquid import Scope, resolve
from syndicate.posts.placeholders import OF_DATE, OF_NAME, OF_PLACE, Named
from syndicate.posts.problems import Fault

TEMPLATES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    "hugo": "/:hugo/",
    "eleventy": "/:eleventy/",
}

OWN = frozenset({"permalink", "url"})
"""Fields that say a post's address."""

ESCAPED = str.maketrans({"%": "%25", "?": "%3F", "#": "%23"})
"""Of what a placeholder stands for, what would mean something else in an address."""

PLACEHOLDER = re.compile(r":([a-z_]+)")
SLASHES = re.compile("/{2,}")
LANGUAGE = re.compile(":(?:lang|translation)(?![a-z])")
"""Where a template says the language; one that does not says it first of all."""

WHOLE = re.compile(r"https?://", re.IGNORECASE)


def link(named: Named, config: Config) -> str:
    """
    Make the address of a post.

    Returns:
        Absolute and percent-encoded; nothing where it takes a date and there is none.

    Raises:
        Fault: The post's own ``permalink`` has a placeholder that nobody knows, or is
            no address of the web.
    """
    if own := _own(named, config):
        if not WHOLE.match(own):
            return _expand(own, named, config)
        if whole := absolute(own, config.site.url):
            return whole
        raise Fault("SL007", value=own)
    template = template_of(named.path, config)
    template = TEMPLATES.get(template, template)
    if config.posts.languages and not LANGUAGE.search(template):
        template = f"/:translation{template}"
    return _expand(template, named, config)


def _own(named: Named, config: Config) -> str:
    """Give the template or address that the post says itself; most say none."""
    if OWN.isdisjoint(named.fields):
        return ""
    own, url = named.text("permalink"), _url(named, config)
    # In Hugo, a permalink is a section's, and a page's own ``url`` goes before it.
    template = url or own if is_hugo(config) else own or url
    return _resolved(template, named, config) if "{{" in template else template


def _url(named: Named, config: Config) -> str:
    """Give Hugo's ``url``. Elsewhere, what is no path is the address of a source."""
    url = named.text("url")
    is_path = url.startswith("/") or is_hugo(config)
    return pretty(url) if url and is_path and "://" not in url else ""


def _resolved(template: str, named: Named, config: Config) -> str:
    """
    Resolve the Liquid in Eleventy's permalinks; ``index.html`` at the end goes.

    Source: 11ty.dev/docs/permalinks, 11ty.dev/docs/data-eleventy-supplied
    """
    day = named.published.astimezone(config.site.zone) if named.published else None
    above, is_below, _ = config.posts.permalink.partition(":eleventy/")
    page = {
        "date": day,
        "fileSlug": eleventy_path(named.stem).rstrip("/").rpartition("/")[2],
        "filePathStem": (above if is_below else "/") + undated(named.stem),
        "inputPath": "./" + named.path,
    }
    scope = Scope(
        site_url=config.site.url,
        page={**named.fields, **page},
        zone=config.site.zone,
        date=day,
    )
    resolved = resolve(template, scope)
    if resolved.unknown or not resolved.text.strip():
        raise Fault("SL007", value=template)
    return resolved.text.strip().removesuffix("index.html")


def finish(post: Post, *, first_seen: datetime, config: Config) -> Post:
    """
    Give a post without a date its address, made with the day it was first seen.

    Args:
        post: As ``read_post`` gave it. One that has its address is given back as it is.
        first_seen: As the store remembers it, UTC.
        config: For the template and the site's zone.
    """
    if post.link:
        return post
    named = Named(
        path=post.path,
        fields=post.fields,
        categories=post.categories,
        published=first_seen,
        languages=config.posts.languages,
    )
    return replace(post, link=link(named, config))


def link_by_name(name: str, config: Config) -> str | None:
    """
    Guess the address of another post from its file's name, for ``link``.

    Right for posts that have no categories and no ``permalink`` of their own; ``None``
    where the name has no date and is not the path of a file in a collection.
    """
    file = name if name.rpartition("/")[2].count(".") else f"{name}.md"
    base = file.rpartition("/")[2]
    path = file.removeprefix(config.shown(""))
    is_collected = name_of(path, config) != "posts"
    try:
        published = file_date(base, config.site.zone)
    except ValueError:
        return None
    if published is None and not is_collected:
        return None
    named = Named(
        path=path if is_collected else base,
        fields={},
        categories=(),
        published=published,
        languages=config.posts.languages,
    )
    return link(named, config) or None


def _expand(template: str, named: Named, config: Config) -> str:
    day = _day(named, config)
    parts: list[str] = []
    for of_date, of_name, of_place, literal in _pieces(template):
        if of_date:
            if day is None:
                return ""
            parts.append(of_date(day))
        elif of_name:
            parts.append(_escaped(of_name(named)))
        elif of_place:
            parts.append(_escaped(of_place(named.path, config)))
        parts.append(literal)
    path = "".join(parts)
    if not path.isascii():
        path = normalize("NFC", path)
    return config.site.url + _tidy(encoded(path, also="?#"))


def _day(named: Named, config: Config) -> datetime | None:
    """Give the date as it stands in addresses. Hugo leaves it in the zone it is in."""
    if not named.published:
        return None
    zone = own_zone(named.text("date")) if is_hugo(config) else None
    return named.published.astimezone(zone or config.site.zone)


def _escaped(text: str) -> str:
    # The search takes a sixth of the time, and nearly no name has any of them.
    if "%" in text or "?" in text or "#" in text:
        return text.translate(ESCAPED)
    return text


Piece = tuple[
    Callable[[datetime], str] | None,
    Callable[[Named], str] | None,
    Callable[[str, Config], str] | None,
    str,
]
"""What makes the text of a placeholder, if it is one, and the text that follows."""


@lru_cache(maxsize=64)  # a site has few templates
def _pieces(template: str) -> list[Piece]:
    """Take a template apart: what stands before the first placeholder, then each."""
    first, *rest = PLACEHOLDER.split(template)
    pieces: list[Piece] = [(None, None, None, first)]
    for written, literal in zip(rest[::2], rest[1::2], strict=True):
        # "/:month_:day": an underscore may be the template's own.
        for name in (written, written.rstrip("_")):
            makers = OF_DATE.get(name), OF_NAME.get(name), OF_PLACE.get(name)
            if any(makers):
                pieces.append((*makers, written[len(name) :] + literal))
                break
        else:
            raise Fault("SL006", name=written)
    return pieces


def _tidy(path: str) -> str:
    """Take out what could climb or double, just as Jekyll does."""
    path = path if path.startswith("/") else f"/{path}"
    path = path.replace("..", "/").replace("./", "")
    return SLASHES.sub("/", path) if "//" in path else path
