"""
From any HTML to HTML that a feed may carry: safe, whole, every address absolute.

nh3 (the parser of a browser, compiled) takes out scripts, handlers, forms and frames
and closes what is open; its output is canonical: attributes stand in double quotes, and
``<`` and ``>`` are escaped wherever they are text. ``markup`` relies on that.
"""

import re
import threading
from html import escape, unescape

import nh3

from syndicate.posts.addresses import absolute, absolute_set, web
from syndicate.posts.embeds import as_links, without_noscript
from syndicate.posts.late import late
from syndicate.posts.nesting import is_too_deep
from syndicate.posts.plain import REFUSED
from syndicate.posts.quotes import with_quotes_closed
from syndicate.posts.ruby import with_readings_in_place
from syndicate.posts.styles import safe_colour, safe_style
from syndicate.posts.unclosed import FOREIGN, GOING, released, with_whole_tags

TAGS = set(
    "a abbr address article aside audio b bdi big blockquote br caption center cite code col"
    " colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6"
    " header hgroup hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s"
    " samp section small source span strike strong sub summary sup table tbody td tfoot"
    " th thead time tr track tt u ul var video wbr".split()
)
"""All of them known and harmless to the W3C feed validator."""

DROPPED = set(GOING | FOREIGN)
"""Elements that go with all they hold. Of any other unknown one the content stays."""

ATTRIBUTES = {
    "*": set("class dir id lang style title".split()),
    "a": {"href", "hreflang", "rel"},
    "audio": {"src", "controls", "loop", "muted"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "font": {"color"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "srcset", "sizes", "media", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"src", "srclang", "kind", "label"},
    "video": {"src", "poster", "controls", "loop", "muted", "width", "height"},
}

LINKS = frozenset({"href", "cite"})
SOURCES = frozenset({"src", "poster", "data-src", "data-original", "data-lazy-src"})
OWN = re.compile(r"data-[a-z0-9_.-]+(?<!src)")
"""An attribute of the author's own, of a name that every parser reads alike, and that the
W3C validator does not take for an address, as it does ``data-orig-src``."""

LAZY = late(r" data-(?:src|original|lazy-src)=")
PICTURE = re.compile(r"<(?:img|source)(?: [^<>]*)?>")
ANY_TAG = late(r"<[^<>]*>")
SCRIPT = late(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
SAID_SOURCE = late(r"src=(?!\")", re.IGNORECASE)
"""In an alternative text, which the W3C validator takes for the address itself."""

EMPTY = re.compile(r"<p>\s*</p>\n?")
"""What a stray ``</p>`` leaves, as after a ``<ul>`` that opened within a line."""

FIRST_BREAK = late(r"(<pre(?: [^<>]*)?>)\n")
"""A line break that a parser takes for the source's, were it not written twice."""

MOST_ROUNDS = 4
"""Of cleaning what others were taken out of."""


def sanitise(html: str, base: str) -> str:
    """
    Make HTML fit for a feed.

    Args:
        html: Any, broken or hostile.
        base: The absolute address that relative ones are relative to.

    Returns:
        Canonical HTML of known tags, every address absolute and percent-encoded. Where
        elements are nested beyond sense, the text without them.
    """
    if is_too_deep(html):
        return f"<p>{escape(unescape(ANY_TAG.sub(' ', SCRIPT.sub(' ', html))))}</p>"
    quoted = with_quotes_closed(without_noscript(html))
    whole = with_whole_tags(quoted)
    linked = as_links(whole)
    html = released(linked, TAGS)
    clean = CLEANER.clean(html, base)
    if html is not linked or whole is not quoted or "<table" in clean:
        clean = _settled(clean, base)
    if "<pre>\n" in clean or "<pre " in clean:
        clean = FIRST_BREAK.sub(r"\1\n\n", clean)
    if "<img" in clean or "<source" in clean:
        clean = PICTURE.sub(_with_source, clean)
    if "</ruby>" in clean:  # the longer a word, the faster it is not found
        clean = with_readings_in_place(clean)
    if "&#" in html:  # a control character may have been written as a number
        clean = REFUSED.sub("", clean)
    if "\r" in clean:  # so may a line break that no feed can tell from the other
        clean = clean.replace("\r", "\n")
    return EMPTY.sub("", clean)


class Cleaner(threading.local):
    """nh3, set up once for each thread: doing so takes longer than cleaning a post."""

    def __init__(self) -> None:
        self._base = ""
        self._nh3 = nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=DROPPED,
            attributes=ATTRIBUTES,
            attribute_filter=lambda _, name, value: _attribute(self._base, name, value),
            generic_attribute_prefixes={"data-"},
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel"},
        )

    def clean(self, html: str, base: str) -> str:
        """Clean; relative addresses are relative to ``base``."""
        self._base = base
        return self._nh3.clean(html)


CLEANER = Cleaner()


def _settled(clean: str, base: str) -> str:
    """
    Clean until nothing changes.

    What stood in a table and not in a cell was moved before it, and an element that is
    gone may have let another be nested as none may be.
    """
    rounds = 0
    while (again := CLEANER.clean(clean, base)) != clean and rounds < MOST_ROUNDS:
        clean, rounds = again, rounds + 1
    return clean


def _attribute(base: str, name: str, value: str) -> str | None:
    """Rewrite one attribute; ``None`` drops it. Called for every one: it may not fail."""
    if name in LINKS:
        return absolute(value, base)
    if name in SOURCES:
        return web(value, base) if value.strip() else None
    if name == "srcset":
        return absolute_set(value, base)
    if name == "style":
        return safe_style(value)
    if name == "color":
        return safe_colour(value)
    return None if name.startswith("data-") and not OWN.fullmatch(name) else value


def _with_source(tag: re.Match[str]) -> str:
    """Show a picture that a script would have loaded; drop one without an address."""
    text = SAID_SOURCE.sub("src&#61;", tag[0])
    if " src=" in text or " srcset=" in text:
        return text
    shown = LAZY.sub(" src=", text, count=1)
    return shown if shown != text else ""
