"""
Addresses as Hugo and Eleventy would make them.

Source: gohugo.io/content-management/urls, Hugo's ``paths.Sanitize`` and its permalink
tokens (checked with Hugo itself); 11ty.dev/docs/permalinks
"""

import unicodedata

from syndicate.config import Config
from syndicate.posts.dates import slug_of
from syndicate.posts.late import late_regex

REFUSED = late_regex(r"[^\p{L}\p{M}\p{Nd}./\\_#+~@\s-]")
BLANKS = late_regex(r"(?<=[^\s-])\s+(?=[^\s-])")
ANY_BLANKS = late_regex(r"\s+")


def is_hugo(config: Config) -> bool:
    """Whether a site's pages are made as Hugo makes them, as ``init`` writes it down."""
    style = config.posts.permalink
    return style == "hugo" or ":hugo" in style or ":slugorcontentbasename" in style


def urlized(text: str) -> str:
    """Make a part of an address, in small letters; blanks become hyphens."""
    text = REFUSED.sub("", unicodedata.normalize("NFC", text)).strip()
    text = str(ANY_BLANKS.sub("", BLANKS.sub("-", text)))
    return text.replace("İ", "i").lower()  # as Go does it: Python's has two signs


def from_slug(text: str) -> str:
    """Make a part of an address of a ``slug``: hyphens at its ends are none of it."""
    return urlized(text.strip("-"))


def in_template(text: str) -> str:
    """
    Make what stands for a placeholder in a section's template.

    Hugo reads it as an address there: a plus is a blank, a ``#`` at the end is nothing.
    """
    return urlized(urlized(text).removesuffix("#").replace("+", " "))


def pathlike(text: str) -> str:
    """Make an address of a path: other than in a slug, every blank is a hyphen."""
    return urlized(text.replace(" ", "-"))


def base_of(stem: str) -> str:
    """Give the name of a page: of its file, or of the folder it is the index of."""
    folder, _, name = stem.rpartition("/")
    return folder.rpartition("/")[2] if name == "index" else name


def sections_of(stem: str) -> list[str]:
    """Give the folders that a page is in."""
    *folders, name = stem.split("/")
    return folders[:-1] if name == "index" else folders


def hugo_path(stem: str, slug: str) -> str:
    """Give the address of a page: its folders, and its slug or else its name."""
    last = from_slug(slug) or pathlike(base_of(stem))
    return "/".join([*map(pathlike, sections_of(stem)), last])


def undated(stem: str) -> str:
    """Give a page's path without a date in its name, as Eleventy's ``filePathStem``."""
    folder, slash, name = stem.rpartition("/")
    return folder + slash + slug_of(f"{name}.md")


def eleventy_path(stem: str) -> str:
    """
    Give the address of a page: its path, without a date in its name.

    A page named as its folder is that folder's index, too.
    """
    folder, slash, slug = undated(stem).rpartition("/")
    is_index = slug in {"index", folder.rpartition("/")[2]}
    return f"/{folder}{slash}" + ("" if is_index else f"{slug}/")


def pretty(url: str) -> str:
    """Make an address of Hugo's ``url``: a folder, unless it names a file."""
    is_file = "." in url.rpartition("/")[2]
    return "/" + url.lstrip("/") + ("" if is_file or url.endswith("/") else "/")
