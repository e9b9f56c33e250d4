"""
Short codes of common plugins, as HTML: pictures, films, code, things kept elsewhere.

    {% image "a.png" "what it shows" %}    {% include figure.html image="a.png" alt="…" %}
    {% youtube abc %}    {% gist user/1 %}    {% tweet https://… %}
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

from syndicate.posts.addresses import on_site
from syndicate.posts.markdown import to_html
from syndicate.posts.markup import plain_text
from syndicate.posts.pictures import is_picture

LITERAL = re.compile(r""""([^"]*)"|'([^']*)'""")

PICTURE = re.compile(r"image|img|photo|picture|figure|icon|avatar|logo")
"""Names of filters and tags that give a picture."""

ADDRESS = re.compile(r"""https?://[^\s"'<>]+""")
NAMED = re.compile(r"""(\w+)\s*[:=]\s*(?:"([^"]*)"|'([^']*)')""")
"""A word with a name, as ``alt: "…"``."""

SITES = {
    "gist": "https://gist.github.com/",
    "vimeo": "https://vimeo.com/",
    "youtube": "https://www.youtube.com/watch?v=",
}
"""Short codes that name something elsewhere, and where it is."""


def html_of(name: str, rest: str, site_url: str) -> str:
    """
    Give what a short code stands for; nothing where that is not known.

    Args:
        name: Of the tag.
        rest: What follows the name in it.
        site_url: What the address of a picture is relative to.
    """
    words = literals(rest)
    if words and (PICTURE.search(name) or any(map(is_picture, words))):
        named = {key: one or other for key, one, other in NAMED.findall(rest)}
        return picture(words, named, site_url)
    if name in SITES and rest.strip():
        return link(SITES[name] + (words or rest.split())[0])
    found = ADDRESS.search(rest)
    return link(found[0]) if found else ""


def link(address: str, text: str = "") -> str:
    """Give a link that is called by its text, or else its address."""
    return f'<a href="{escape(address)}">{escape(text or address)}</a>'


def code(text: str, options: str) -> str:
    """Give a block of code; its language is the first of the options."""
    language = escape((options.split() or ["text"])[0])
    lines = escape(text.strip("\n"), quote=False)
    return f'<pre><code class="language-{language}">{lines}</code></pre>'


def literals(text: str) -> list[str]:
    """Give the quoted texts in a tag, in order."""
    return [first or second for first, second in LITERAL.findall(text)]


def picture(words: Sequence[str], named: Mapping[str, str], site_url: str) -> str:
    """Show a picture: its address is the first that is one; what it shows, last."""
    source = next((word for word in words if is_picture(word)), words[0])
    address = on_site(source, site_url) or ""
    caption = _caption(named.get("caption", ""))
    text = named.get("alt", words[-1] if len(words) > 1 else "")
    if text == named.get("caption"):
        text = plain_text(caption)
    image = f'<img src="{escape(address)}" alt="{escape(" ".join(text.split()))}">'
    if caption:
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    return image


def _caption(text: str) -> str:
    """Read a caption as Markdown, as Hugo does, and the themes of Jekyll."""
    html = to_html(text).strip("\n") if text else ""
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner else html
