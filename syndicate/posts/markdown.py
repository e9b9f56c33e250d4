"""
Markdown to HTML, as Jekyll and GitHub read it.

comrak renders a post in 30 µs, knows GFM, and knows that emphasis may end between a
bracket and a Hangul syllable: ``**(강조)**는``. Raw HTML passes; ``sanitise`` comes after.
"""

import re
from functools import cache
from html import unescape
from urllib.parse import unquote

from comrak import ExtensionOptions, ParseOptions, RenderOptions, render_markdown

from syndicate.posts.dialects import from_common, to_common
from syndicate.posts.tables import with_heads, without_empty_heads
from syndicate.posts.unclosed import as_text

MOST_TERMS = 2000
MOST_NOTES = 2000
MOST_MAILBOXES = 4000
"""
Terms of lists of definitions, marks of footnotes, and signs of e-mail addresses that a
text may have to be read as such: comrak takes n² steps for n of them, or writes 300
characters for each mark.
"""


@cache
def _extensions(*, definitions: bool, autolink: bool) -> ExtensionOptions:
    found = ExtensionOptions()
    found.autolink = autolink
    found.cjk_friendly_emphasis = True
    found.description_lists = definitions
    found.footnotes = True
    found.strikethrough = True
    found.table = True
    found.tasklist = True
    return found


PARSING = ParseOptions()
RENDERING = RenderOptions()
RENDERING.unsafe_ = True

BOX = re.compile(r'<input type="checkbox"( checked="")? disabled="" />')
FOOTNOTE = re.compile(r'((?:href="#|id=")fn(?:ref)?)-')

PARTICLE = re.compile(
    r'<a href="([^"<>]*)">((?:https?://|www\.)[!-;=?-~]*[0-9A-Za-z/])'
    r"((?:에서|에게|에|으로|로|을|를|은|는|이|가|와|과|의|도|만|까지|부터|처럼|보다|라는)"
    r"(?:는|도|의|만)?|입니다|이다|이며|이고|이라는)</a>"
)
"""An address in running text and the Korean particle that clings to it."""

ENCLOSED = re.compile(
    r'<a href="([^"<>]*)">((?:https?://|www\.)[!-;=?-~]*?)'
    r"((?:(?:&(?:amp;)?(?:gt|lt|quot);|[)\]])(?=[^\x00-\x7f])"
    r"|[。，、；：！？…」』】》〉）〕］“”‘’])[^<>]*)</a>"
)
"""An address before a mark, as in ``&lt;https://…&gt;``, and what clings to that."""

ESCAPED_TWICE = re.compile(r"&amp;(?=(?:amp|gt|lt|quot);)")


def to_html(text: str) -> str:
    """
    Render Markdown that may hold HTML.

    Tick boxes become ☐ and ☑, since a feed may have no inputs; footnotes are named as
    on a page by kramdown, so that links to them lead there.

    Returns:
        HTML as the author wrote it, not sanitised, tags perhaps not closed.
    """
    if text.count("[^") > MOST_NOTES:
        text = text.replace("[^", "\\[^")
    extensions = _extensions(
        definitions=text.count("\n:") <= MOST_TERMS,
        autolink=text.count("@") <= MOST_MAILBOXES,
    )
    common = with_heads(to_common(as_text(text)))
    html = from_common(
        str(render_markdown(common, extensions, PARSING, RENDERING)), text
    )
    if common is not text:
        html = without_empty_heads(html)
    if "<input" in html:
        html = BOX.sub(lambda box: "☑" if box[1] else "☐", html)
    if 'class="footnote' in html:
        html = FOOTNOTE.sub(r"\1:", html)
    if "</a>" in html:
        html = ENCLOSED.sub(_let_go, PARTICLE.sub(_let_go, html))
    return html


def _let_go(link: re.Match[str]) -> str:
    """End a link with its address, unless it was written as a link or in brackets."""
    href, address, rest = link[1], link[2], link[3]
    is_bare = unescape(unquote(href)).endswith(unescape(address + rest))
    if not is_bare or address.count("(") > address.count(")"):
        return link[0]
    rest = ESCAPED_TWICE.sub("&", rest)
    scheme = "http://" if address.startswith("www.") else ""
    return f'<a href="{scheme}{address}">{address}</a>{rest}'
