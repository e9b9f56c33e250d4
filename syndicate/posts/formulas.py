r"""
Formulas between two dollar signs, as TeX has them: no sign in them is Markdown's.

    $$ x_i^* + y_i^* \\\\ \\{z\\} $$      would have emphasis in it, and lose its backslashes
    ~~~ (1)                         blanks before the number of one, not a block of code

Source: kramdown.gettalong.org/syntax.html#math-blocks, docs.github.com (mathematical
expressions). A reader shows them as they were typed.
"""

import re

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.dialects import GUARD
from syndicate.posts.late import late

FORMULA = late(
    r"(?<![\\$])\$\$(?!\$)((?:[^$\\\n]|\\.|\\?\n(?![ \t]*\n)|\$(?!\$)){1,3000}?)\$\$(?!\$)"
)
TIES = late(r"^ {0,3}(?=~~~+[ \t]*[(\\=&$])", re.MULTILINE)
SIGNS = late(r"[!-/:-@\[-`{-}]")
"""What Markdown may take for its own: the signs of ASCII but ``~`` (see ``dialects``)."""


def spared(text: str) -> str:
    """Escape what stands in formulas. Code stays as it is."""
    if "~" in text and "~~~" in text:
        text = outside_code(text, lambda piece: TIES.sub(rf"\g<0>{GUARD}", piece))
    if "$" not in text or text.count("$$") <= 1:
        return text
    return outside_code(text, lambda piece: FORMULA.sub(_escaped, piece))


def _escaped(formula: re.Match[str]) -> str:
    if "](" in formula[1]:  # a link between two prices
        return formula[0]
    return SIGNS.sub(r"\\\g<0>", formula[0])
