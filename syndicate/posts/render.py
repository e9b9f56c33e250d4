"""
The body of a post as readers see it: Liquid resolved, Markdown read, made safe.

    body ─ liquid ─> Markdown ─ markdown ─> HTML ─ sanitise ─> HTML for a feed
"""

from collections.abc import Sequence

from syndicate.config import Config
from syndicate.model import Post
from syndicate.posts.bounds import end_of
from syndicate.posts.late import late
from syndicate.posts.liquid import fill, is_needed, resolve
from syndicate.posts.markdown import to_html
from syndicate.posts.plain import REFUSED, clean
from syndicate.posts.sanitise import sanitise
from syndicate.posts.scope import Links, scope_of

HTML = (".html", ".htm")

TWICE = late("(?<=[\xc2\xc3])[\xa0-\xbf]")
"""What looks like the second half of a letter that was encoded twice. It may be meant, as
in a post about encodings; written as a number, no validator takes it for a mistake."""


def render(body: str, post: Post, config: Config, *, links: Links | None = None) -> str:
    """
    Render a body, or a piece of the same post such as its excerpt.

    Args:
        body: Markdown with HTML in it; of an ``.html`` file, HTML alone. What goes beyond
            ``end_of`` is left out.
        post: Its address is what relative addresses are relative to.
        config: For the site.
        links: Gives other posts' addresses for ``link`` and ``post_url``.

    Returns:
        Canonical HTML (see ``sanitise``).
    """
    body = clean(body[: end_of(body)])
    pieces: Sequence[str] = ()
    if is_needed(body):
        resolved = resolve(body, scope_of(post, config, links))
        body, pieces = resolved.text, resolved.pieces
        body = body[: end_of(body)]
    html = body if post.path.endswith(HTML) else to_html(body)
    html = sanitise(fill(html, pieces), post.link or config.site.url)
    # What no feed may hold may have been written as a number.
    html = REFUSED.sub("", html) if "&#" in body else html
    if "\xc2" in html or "\xc3" in html:
        html = TWICE.sub(lambda half: f"&#{ord(half[0])};", html)
    return html
