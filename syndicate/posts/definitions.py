"""
Lists of definitions of several paragraphs, as kramdown reads them.

    용어
    : 첫 문단

      둘째 문단

To comrak such a definition is one paragraph, its words run together, unless a blank line
stands before it. Source: kramdown.gettalong.org/syntax.html#definition-lists
"""

import re

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.late import late

LONG = late(
    r"^(?![ \t:])[^\n]+\n"
    r"(?=:[ \t][^\n]*\n(?:(?:[ \t]+[^\s]|:[ \t])[^\n]*\n)*[ \t]*\n[ \t]{2,}[^\s])",
    re.MULTILINE,
)
"""A term, and ahead of it a definition that goes on after a blank line."""


def loosened(text: str) -> str:
    """Put a blank line between a term and a definition of several paragraphs."""
    if "\n: " not in text and "\n:\t" not in text:
        return text
    return outside_code(text, lambda piece: LONG.sub(r"\g<0>\n", piece))
