"""
Markdown to HTML, as Jekyll and GitHub read it.

comrak renders a post in 30 µs, knows GFM, and knows that emphasis may end between a
bracket and a Hangul syllable: ``**(강조)**는``. Raw HTML passes; ``sanitise`` comes after.
"""

from functools import cache

from comrak import ExtensionOptions, ParseOptions, RenderOptions, render_markdown

from syndicate.posts.bare_links import has_too_many_mailboxes, let_begin, let_end
from syndicate.posts.containers import contained, has_boxes
from syndicate.posts.definitions import loosened
from syndicate.posts.dialects import from_common, to_common
from syndicate.posts.flush_html import flush
from syndicate.posts.formulas import spared
from syndicate.posts.html_blocks import apart
from syndicate.posts.late import late
from syndicate.posts.references import joined
from syndicate.posts.tables import has_vast_ones, with_heads, without_empty_heads
from syndicate.posts.unclosed import as_text
from syndicate.posts.uneven import evened

MOST_TERMS = 2000
MOST_NOTES = 2000
"""
Terms of lists of definitions, and marks of footnotes, that a text may have to be read as
such: comrak takes n² steps for n of them, or writes 300 characters for each mark.
"""


@cache
def _extensions(
    *, definitions: bool, autolink: bool, tables: bool, boxes: bool
) -> ExtensionOptions:
    found = ExtensionOptions()
    found.block_directive = boxes
    found.autolink = autolink
    found.cjk_friendly_emphasis = True
    found.description_lists = definitions
    found.footnotes = True
    found.strikethrough = True
    found.table = tables
    found.tasklist = True
    return found


PARSING = ParseOptions()
RENDERING = RenderOptions()
RENDERING.unsafe_ = True

BOX = late(r'<input type="checkbox"( checked="")? disabled="" />')
FOOTNOTE = late(r'((?:href="#|id=")fn(?:ref)?)-')


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
    boxes = has_boxes(text)
    extensions = _extensions(
        definitions=text.count("\n:") <= MOST_TERMS,
        autolink=not has_too_many_mailboxes(text),
        tables=not has_vast_ones(text),
        boxes=boxes,
    )
    common = contained(as_text(spared(evened(loosened(text)))), boxes=boxes)
    common = with_heads(let_begin(apart(to_common(joined(flush(common))))))
    html = from_common(
        str(render_markdown(common, extensions, PARSING, RENDERING)), text
    )
    if common is not text:
        html = without_empty_heads(html)
    if "<input" in html:
        html = BOX.sub(lambda box: "☑" if box[1] else "☐", html)
    if 'class="footnote' in html:
        html = FOOTNOTE.sub(r"\1:", html)
    return let_end(html)
