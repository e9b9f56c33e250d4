"""
The filters of Liquid and Nunjucks that a feed can apply.

Each takes the text before it, the quoted words after it and the site's address.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from syndicate.posts.addresses import on_site
from syndicate.posts.slugs import slugify

Filter = Callable[[str, Sequence[str], str], str]

TAG = re.compile(r"<[^<>]*>")


def _plain(change: Callable[[str], str]) -> Filter:
    return lambda text, _words, _site: change(text)


def _address(text: str, _words: Sequence[str], site_url: str) -> str:
    return on_site(text, site_url) or ""


def _replace(text: str, words: Sequence[str], _site_url: str) -> str:
    old, new = [*words, "", ""][:2]
    return text.replace(old, new) if old else text


_same = _plain(str)
_escaped = _plain(escape)
_bare = _plain(lambda text: TAG.sub("", text))

FILTERS: Mapping[str, Filter] = {
    "absolute_url": _address,
    "relative_url": _address,
    "url": _address,
    "append": lambda text, words, _: text + "".join(words[:1]),
    "prepend": lambda text, words, _: "".join(words[:1]) + text,
    "default": lambda text, words, _: text or "".join(words[:1]),
    "remove": lambda text, words, _: _replace(text, words[:1], ""),
    "replace": _replace,
    "capitalize": _plain(lambda text: text[:1].upper() + text[1:]),
    "downcase": _plain(str.lower),
    "lower": _plain(str.lower),
    "upcase": _plain(str.upper),
    "upper": _plain(str.upper),
    "strip": _plain(str.strip),
    "trim": _plain(str.strip),
    "slugify": _plain(slugify),
    "slug": _plain(slugify),
    "escape": _escaped,
    "xml_escape": _escaped,
    "strip_html": _bare,
    "striptags": _bare,
    "html_safe": _same,
    "markdownify": _same,
    "safe": _same,
    "smartify": _same,
}
