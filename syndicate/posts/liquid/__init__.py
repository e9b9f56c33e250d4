"""
Liquid and Nunjucks in bodies: what a feed needs of them, and no tag left over.

    body ─ split ─> tokens ─ engine (python-liquid) ─> text, HTML apart, what is unknown

Jekyll and Eleventy run these before Markdown. Of what is unknown nothing reaches a
reader, and the author is told once for each kind. Code is left as it is, but for the
marks of ``raw``. No template reads a file other than of ``site.data``, and what one may
cost is bounded.

``resolve`` is the one door, and the only one that imports python-liquid: a body without
Liquid never pays for it. Source: shopify.github.io/liquid, jekyllrb.com/docs/liquid,
11ty.dev/docs/filters/url
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from syndicate.posts.late import late

Links = Callable[[str], str | None]
"""Gives the address of a post by its file's name; ``None`` for one nobody knows."""

OPENER = late(r"\{(?:[%{]-?|#\s)")

UTC = ZoneInfo("UTC")

PIECE = late("\ufdd2(\\d+)\ufdd3")
"""Stands for HTML while Markdown is read. ``clean`` takes the like out of every post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a body may ask for."""

    site_url: str  # path included, without the closing slash
    site: Mapping[str, object] = field(
        default_factory=dict
    )  # its title, description, …
    data: Mapping[str, object] = field(default_factory=dict)  # ``site.data``
    page: Mapping[str, object] = field(default_factory=dict)  # front matter, url, …
    link_of: Links = lambda _: None  # of other posts
    zone: ZoneInfo = UTC  # the site's
    date: datetime | None = None  # the post's own, in the site's zone; also "now"
    codes_only: bool = False  # Hugo runs short codes in bodies, and nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something in a body that stands for nothing here."""

    code: str  # HT001, HT002, HT003, HT004 or HT007
    name: str
    offset: int  # in the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A body without Liquid."""

    text: str
    pieces: Sequence[str]  # HTML whose places are marked in ``text``
    unknown: Sequence[Unknown]  # the first of each kind, in the order of the body


def is_needed(body: str) -> bool:
    """Whether a body has anything to resolve."""
    return "{" in body and OPENER.search(body) is not None


def resolve(body: str, scope: Scope) -> Resolved:
    """
    Resolve Liquid, or take it out.

    Args:
        body: Markdown or HTML.
        scope: What it may ask for.

    Returns:
        The body with text and addresses in place. HTML is kept apart until Markdown has
        been read, so that a picture on a line of its own does not make raw HTML of the
        lines that follow: ``fill`` puts it in.
    """
    # 0.15 s of CPU, most of it for babel: only who has Liquid pays.
    from syndicate.posts.liquid.engine import run  # noqa: PLC0415

    return run(body, scope)


def fill(html: str, pieces: Sequence[str]) -> str:
    """Put the HTML of ``Resolved.pieces`` in its places."""
    if not pieces:
        return html
    # A number in a mark may be an author's: "&#xfdd2;9&#xfdd3;".
    known = {str(number): piece for number, piece in enumerate(pieces)}
    return PIECE.sub(lambda mark: known.get(mark[1], ""), html)
