"""
What stands in the place of each name in a permalink: ``:year``, ``:title``.

Source: Jekyll's ``UrlDrop``; Hugo's permalink tokens (see ``hugo``)
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from syndicate.config import Config
from syndicate.posts.collections import name_of, within
from syndicate.posts.dates import slug_of
from syndicate.posts.hugo import (
    base_of,
    eleventy_path,
    from_slug,
    hugo_path,
    in_template,
    sections_of,
)
from syndicate.posts.slugs import pretty_slug, slugify
from syndicate.posts.translations import (
    language_of,
    page_name,
    translated_to,
    untranslated,
)

MONTHS = (
    "January February March April May June July August September October November"
    " December".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
"""English in any locale: an address may not depend on where it was made."""

OF_DATE: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda day: f"{day.year:04}",
    "short_year": lambda day: f"{day.year % 100:02}",
    "month": lambda day: f"{day.month:02}",
    "i_month": lambda day: f"{day.month}",
    "short_month": lambda day: MONTHS[day.month - 1][:3],
    "long_month": lambda day: MONTHS[day.month - 1],
    "day": lambda day: f"{day.day:02}",
    "i_day": lambda day: f"{day.day}",
    "y_day": lambda day: f"{day.timetuple().tm_yday:03}",
    "week": lambda day: f"{day.isocalendar().week:02}",
    "w_year": lambda day: f"{day.isocalendar().year:04}",
    "w_day": lambda day: f"{day.isoweekday()}",
    "short_day": lambda day: DAYS[day.weekday()][:3],
    "long_day": lambda day: DAYS[day.weekday()],
    "hour": lambda day: f"{day.hour:02}",
    "minute": lambda day: f"{day.minute:02}",
    "second": lambda day: f"{day.second:02}",
    "monthname": lambda day: MONTHS[day.month - 1].lower(),
    "weekday": lambda day: f"{day.isoweekday() % 7}",
    "weekdayname": lambda day: DAYS[day.weekday()].lower(),
    "yearday": lambda day: f"{day.timetuple().tm_yday}",
}


class Named(Struct, frozen=True, kw_only=True):
    """What an address is made of."""

    path: str  # of the file, below the posts folder
    fields: Mapping[str, object]
    categories: Sequence[str]
    published: datetime | None
    languages: Sequence[str] = ()  # of translations

    @property
    def slug(self) -> str:
        """The author's own, or else the file's name without its date."""
        chosen = self.fields.get("slug")
        if isinstance(chosen, str) and chosen.strip():
            return chosen.strip()
        return slug_of(page_name(self.path, self.languages))

    @property
    def stem(self) -> str:
        """The path without the file's ending and its language."""
        path = untranslated(self.path, self.languages)
        folder, slash, name = path.rpartition("/")
        return folder + slash + (name.rpartition(".")[0] or name)

    def text(self, key: str) -> str:
        """Give a field that is text; else nothing."""
        value = self.fields.get(key)
        return value.strip() if isinstance(value, str) else ""

    @property
    def own_slug(self) -> str:
        """The author's own, as it stands in a template of Hugo's."""
        return in_template(from_slug(self.text("slug")))

    @property
    def base(self) -> str:
        """The name of the page, as it stands in a template of Hugo's."""
        return in_template(base_of(self.stem))


@lru_cache(maxsize=4096)  # the same few in every address
def _in_small(names: tuple[str, ...]) -> str:
    return "/".join(dict.fromkeys(map(str.lower, names)))


@lru_cache(maxsize=4096)
def _slugified(names: tuple[str, ...]) -> str:
    return "/".join(dict.fromkeys(map(slugify, names)))


OF_NAME: Mapping[str, Callable[[Named], str]] = {
    "title": lambda named: pretty_slug(named.slug),
    "slug": lambda named: slugify(named.slug),
    "name": lambda named: slugify(named.stem.rpartition("/")[2]),
    "categories": lambda named: _in_small(tuple(named.categories)),
    "slugified_categories": lambda named: _slugified(tuple(named.categories)),
    "output_ext": lambda _: ".html",
    "hugo": lambda named: hugo_path(named.stem, named.text("slug")),
    "eleventy": lambda named: eleventy_path(named.stem).strip("/"),
    "section": lambda named: in_template("".join(sections_of(named.stem)[:1])),
    "sections": lambda named: "/".join(map(in_template, sections_of(named.stem))),
    "contentbasename": lambda named: named.base,
    "filename": lambda named: named.base,
    "slugorcontentbasename": lambda named: named.own_slug or named.base,
    "slugorfilename": lambda named: named.own_slug or named.base,
    "slugortitle": lambda named: (
        named.own_slug or in_template(named.text("title")) or named.base
    ),
    "headline": lambda named: in_template(named.text("title")) or named.base,
}

OF_PLACE: Mapping[str, Callable[[str, Config], str]] = {
    "path": lambda path, config: within(path, config).rpartition(".")[0],
    "collection": name_of,
    "lang": lambda path, config: language_of(path, config.posts.languages),
    "translation": lambda path, config: translated_to(path, config.posts.languages),
}
"""What the folder of a post says."""
