"""
Liquid and Nunjucks in bodies: what a feed needs of them, and no tag left over.

Jekyll and Eleventy run these before Markdown. Addresses, ``raw``, ``highlight``, what
front matter says and pictures by short code are resolved; of what is unknown nothing
reaches a reader, and the author is told once for each kind. Code is left as it is, but
for the marks of ``raw``.

``resolve`` is the one door: whoever wants more of Liquid replaces what is behind it.

Source: shopify.github.io/liquid, jekyllrb.com/docs/liquid, 11ty.dev/docs/filters/url
"""

import re
from collections.abc import Sequence

from syndicate.posts.expressions import Scope
from syndicate.posts.resolver import OPENER, Resolved, Resolver

PIECE = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands for HTML while Markdown is read. ``clean`` takes the like out of every post."""


def is_needed(body: str) -> bool:
    """Whether a body has anything to resolve."""
    return OPENER.search(body) is not None


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
    return Resolver(body, scope).run()


def fill(html: str, pieces: Sequence[str]) -> str:
    """Put the HTML of ``Resolved.pieces`` in its places."""
    return PIECE.sub(lambda mark: pieces[int(mark[1])], html) if pieces else html
