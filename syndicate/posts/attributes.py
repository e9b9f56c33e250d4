r"""
What stands in braces for the program that makes a page, and has no business in a feed.

    {: .class}  {#id}      lists of attributes: consumed
    # Title {.class}       those that Hugo takes from a heading, too
    {::options …}  *[X]: … extensions and abbreviations: consumed
    ![](a.png){width=50%}  so do Pandoc, Quarto and Python-Markdown's attr_list
    ({static}/a.png)       the beginning of an address, Pelican's: consumed

Code is left as it is. Source: kramdown.gettalong.org/syntax.html, gohugo.io (Markdown
attributes), pandoc.org/MANUAL.html#extension-link_attributes, docs.getpelican.com (linking)
"""

import re

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.late import late

CONTENTS = late(
    r"^[ ]{0,3}(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ ]{0,3}\{:[ ]*toc\b[^{}\n]*\}[ \t]*$",
    re.MULTILINE,
)
ATTRIBUTES = late(
    r"^[ \t>]*\{:[^{}\n]*\}[ \t]*$"  # of a block, on a line of its own
    r"|(?<=[)\]*_`>\"~])\{:[^{}]*\}|\A\{:(?![:/])[^{}\n]*\}"  # of what stands before it: code, too
    r"|^[ ]{0,3}\{:(?![:/])[^{}\n]*\}[ ]+(?=\S)"  # of a term that follows
    r"|(?<=[-*+.)][ ])\{:[^{}\n]*\}[ ]?"  # of an item of a list
    r"|(?<![ \t])[ \t]*+\{(?:#[\w:.-]+|:[^{}\n]*)\}[ \t]*$"  # of a heading
    r"|\{::?/?[a-z]+[^{}\n]*/?\}|\{:/\}",
    re.MULTILINE,
)
COMMENT = "{::comment}"
COMMENT_END = late(r"\{:/(?:comment)?\}")
ATTRIBUTE = r"""(?:[.#][\w:.-]+|[\w-]+=(?:"[^"\n]*"|[^\s{}"]+))"""
OF_HEADING = late(
    rf"^([ ]{{0,3}}\#{{1,6}}[ \t][^\n]*?)(?<![ \t])[ \t]*+\{{[ ]?{ATTRIBUTE}(?:[ ]{ATTRIBUTE})*[ ]?\}}"
    r"(?=[ \t#]*$)",
    re.MULTILINE,
)
OF_LINK = late(rf"(\]\([^()\n]*\))\{{[ ]?{ATTRIBUTE}(?:[ ]{ATTRIBUTE})*[ ]?\}}")
PLACE = late(
    r"(?<=[(\"'])(?:\{(?:static|attach|filename)\}|\|(?:static|attach|filename)\|)"
)
ABBREVIATION = late(r"^\*\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
SIGNS = "*[ {: {# {. {id= {class= ){ {static} {attach} {filename} (|".split()
"""Without one of them there is nothing to consume."""


def without_attributes(text: str) -> str:
    """Consume what is no text. Code stays as it is."""
    if any(sign in text for sign in SIGNS):
        return outside_code(text, _without)
    return text


def _without(text: str) -> str:
    if "){" in text:
        text = OF_LINK.sub(r"\1", text)
    if "{" in text:
        text = OF_HEADING.sub(r"\1", text)
    if COMMENT in text:
        text = _without_comments(text)
    if "{:" in text or "{#" in text or "*[" in text:
        text = ABBREVIATION.sub("", ATTRIBUTES.sub("", CONTENTS.sub("", text)))
    return PLACE.sub("", text)


def _without_comments(text: str) -> str:
    """Take out comments. Of one without an end, which nothing after it has, the tag goes."""
    kept, at = [], 0
    while (start := text.find(COMMENT, at)) >= 0:
        end = COMMENT_END.search(text, start)
        if not end:
            break
        kept.append(text[at:start])
        at = end.end()
    return "".join([*kept, text[at:]])
