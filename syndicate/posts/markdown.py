"""
Markdown to HTML, as Jekyll and GitHub read it.

comrak renders a post in 30 µs, knows GFM, and knows that emphasis may end between a
bracket and a Hangul syllable: ``**(강조)**는``. Raw HTML passes; ``sanitise`` comes after.
"""

import re
from urllib.parse import unquote

from comrak import ExtensionOptions, ParseOptions, RenderOptions, render_markdown

from syndicate.posts.dialects import from_common, to_common

MOST_TERMS = 2000
"""Terms of a list of definitions. comrak takes n² steps for n of them."""


def _extensions(*, definitions: bool) -> ExtensionOptions:
    found = ExtensionOptions()
    found.autolink = True
    found.cjk_friendly_emphasis = True
    found.description_lists = definitions
    found.footnotes = True
    found.strikethrough = True
    found.table = True
    found.tasklist = True
    return found


EXTENSIONS = _extensions(definitions=True)
WITHOUT_DEFINITIONS = _extensions(definitions=False)
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


def to_html(text: str) -> str:
    """
    Render Markdown that may hold HTML.

    Tick boxes become ☐ and ☑, since a feed may have no inputs; footnotes are named as
    on a page by kramdown, so that links to them lead there.

    Returns:
        HTML as the author wrote it, not sanitised, tags perhaps not closed.
    """
    few = text.count("\n:") <= MOST_TERMS
    extensions = EXTENSIONS if few else WITHOUT_DEFINITIONS
    rendered = render_markdown(to_common(text), extensions, PARSING, RENDERING)
    html = from_common(str(rendered), text)
    if "<input" in html:
        html = BOX.sub(lambda box: "☑" if box[1] else "☐", html)
    if 'class="footnote' in html:
        html = FOOTNOTE.sub(r"\1:", html)
    if "</a>" in html:
        html = PARTICLE.sub(_let_go, html)
    return html


def _let_go(link: re.Match[str]) -> str:
    href, address, particle = link[1], link[2], link[3]
    if not unquote(href).endswith(address + particle):
        return link[0]
    scheme = "http://" if address.startswith("www.") else ""
    return f'<a href="{scheme}{address}">{address}</a>{particle}'
