"""
Filters that work on text.

Source: jekyllrb.com/docs/liquid/filters
"""

import html
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from liquid.filter import string_filter, with_context

from syndicate.posts.addresses import encoded, on_site
from syndicate.posts.liquid.budget import LARGEST, MOST_ELEMENTS, SpentError
from syndicate.posts.liquid.outcome import Html
from syndicate.posts.liquid.values import Missing, shown
from syndicate.posts.markdown import to_html
from syndicate.posts.slugs import pretty_slug, slugify

TAG = re.compile(r"<[^<>]*>")
WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
UNSHOWN = (("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>"))
"""What ``strip_html`` takes out whole. Source: Liquid's ``StandardFilters``"""

INDEX = re.compile(r"/index\.html?$")


def same(value: object) -> object:
    """Give it back."""
    return value


@string_filter
def append(text: str, more: object) -> str:
    """Put more after it."""
    return text + shown(more)


@string_filter
def prepend(text: str, more: object) -> str:
    """Put more before it."""
    return shown(more) + text


@with_context
def absolute_url(value: object, *, context: Any) -> str:
    """Make an address of the site absolute; nothing where it leads nowhere."""
    if _is_nothing(value):
        return ""
    return on_site(shown(value), context.site.site_url) or ""


@with_context
def relative_url(value: object, *, context: Any) -> str:
    """Put ``site.baseurl`` before a path; ``sanitise`` makes the rest of it."""
    if _is_nothing(value):
        return ""
    text = shown(value)
    if WHOLE.match(text):
        return text
    address = urlsplit(on_site(text, context.site.site_url) or "")
    return address._replace(scheme="", netloc="").geturl()


def _is_nothing(value: object) -> bool:
    """Whether it is no address: without one, Jekyll makes none either."""
    return value is None or isinstance(value, Missing)


@string_filter
def capitalize(text: str) -> str:
    """Write the first letter large and leave the others alone, as Jekyll's Liquid 4."""
    return text[:1].upper() + text[1:]


@string_filter
def escaped(text: str) -> str:
    """Write signs of HTML so that they are shown."""
    return html.escape(text)


def jsonify(value: object) -> str:
    """Write a value as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Missing):
        return None
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | range):
        return [_plain(inner) for inner in value]
    return shown(value) if isinstance(value, datetime) else value


@with_context
@string_filter
def markdownify(text: str, *, context: Any) -> str:
    """Read Markdown."""
    context.spend(4 * len(text))
    return Html(to_html(text).strip("\n"))


@string_filter
def normalize_whitespace(text: str) -> str:
    """Make every run of white space one blank."""
    return " ".join(text.split())


@string_filter
def number_of_words(text: str, mode: str = "") -> int:
    """Count what stands between blanks; the modes that know Chinese count letters too."""
    if not mode:
        return len(text.split())
    wide = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text)
    others = re.sub(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", " ", text)
    return len(wide) + len(others.split())


@string_filter
def replace(text: str, old: object = "", new: object = "") -> str:
    """Replace; measured before it is done."""
    old, new = shown(old), shown(new)
    if len(text) + text.count(old) * len(new) > LARGEST:
        raise SpentError
    return text.replace(old, new) if old else text


@string_filter
def slugified(text: str, mode: object = "default") -> str:
    """Make a slug. Source: Jekyll's ``Utils.slugify``."""
    match mode:
        case "none":
            return text
        case "raw":
            return re.sub(r"\s+", "-", text).strip("-").lower()
        case "pretty":
            return pretty_slug(text).lower()
        case "ascii":
            return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()
        case _:
            return slugify(text)


@string_filter
def split(text: str, mark: object = " ") -> list[str]:
    """Split at a mark, or into letters; empty pieces at the end are dropped."""
    mark = shown(mark)
    if (text.count(mark) if mark else len(text)) > MOST_ELEMENTS:
        raise SpentError
    parts = text.split() if mark == " " else text.split(mark) if mark else list(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


@string_filter
def strip_html(text: str) -> str:
    """Take tags out, and scripts, styles and comments with what is in them."""
    for opens, closes in UNSHOWN:
        text = _without(text, opens, closes)
    return TAG.sub("", text)


def _without(text: str, opens: str, closes: str) -> str:
    """Take out what stands between two marks. One that is not closed stays."""
    kept, start = [], 0
    while (found := text.find(opens, start)) >= 0:
        end = text.find(closes, found)
        if end < 0:
            break
        kept.append(text[start:found])
        start = end + len(closes)
    return "".join(kept) + text[start:]


@string_filter
def strip_index(text: str) -> str:
    """Take ``index.html`` from the end of an address."""
    return INDEX.sub("/", text)


def to_integer(value: object) -> int:
    """Make a whole number; 0 where there is none."""
    found = re.match(r"\s*(-?\d{1,15})", shown(value))
    return int(value is True) if not found else int(found[1])


@string_filter
def uri_escape(text: str) -> str:
    """Percent-encode an address and leave its signs."""
    return encoded(text, also="?#[]")
