r"""
What kramdown (Jekyll's Markdown) means and CommonMark reads otherwise.

    ^ alone on a line      ends a list: consumed
    2~3일, 5~6일           one tilde is a tilde: GFM strikes out what is between two
    ](/a (1).png "title")  blanks in an address
    (/a "one "two"")       quotation marks in the title of a link
    **Note:**next          emphasis that ends between a mark and a letter
    **강조 **(이다)          or after a blank
    ##Title                a heading, as to most readers of Markdown before 2014
    https://a.example/b\_c an escape in an address in running text

Code is left as it is. Source: kramdown.gettalong.org/syntax.html
"""

import re
from urllib.parse import quote

from syndicate.posts.attributes import without_attributes
from syndicate.posts.code_blocks import outside_code
from syndicate.posts.late import late

TILDE = "⸎"
"""Stands for a single tilde while Markdown is read: a sign like it, and never used."""

END = "⸏"
"""Stands after the end of emphasis while Markdown is read. The same holds for it."""

GUARD = "\ufdd1"
"""Keeps a line from beginning with a tag, and a ``<`` from beginning one. ``clean`` takes
it out of every post."""

HEADING = late(
    r"\n(##{1,5})(?=[\w*\"'“‘「『<\[(])([^\n]*?)(?:(?<=\S)##+)?(?=[ \t]*(?:\n|\Z))"
)
"""One that stands right behind its signs. After a single one it is more likely a hashtag."""

LONE_TILDE = late(r"(?<!~)~(?!~)")
WORD = r"""(?=[^)<>"'\s])[^()<>"'\s]*+(?:\([^()<>"'\s]*+\)[^()<>"'\s]*+)*"""
WITH_BLANKS = re.compile(
    r"""\]\([ ]?((?=[/.#]|\w+:|(?:[^()\n]|\([^()\n]*\))*?(?:/|\.\w{2,5}[ ]*["')]))"""
    rf"""{WORD}(?:[ ]{WORD})+)([ ]+(?:"[^"\n]*"|'[^'\n]*'))?[ ]?\)"""
)
"""An address with blanks and perhaps a pair of brackets, and the title after it."""

TITLED = late(r"""(\]\([^()\s]+\s+")((?:(?!\]\()[^\n]){1,300}?)("\s*\))""")
DEFINED = late(
    r"""(\]:[ \t]*+\S{1,2000}+[ \t]++")([^"\n]{0,300}"[^\n]{0,300})("[ \t]*)$""",
    re.MULTILINE,
)
"""The title of a link, and that of one defined elsewhere, up to its last mark."""

LETTER = r"[^\W_\u1100-\u11ff\u3040-\u9fff\uac00-\ud7a3]"
STRONG = late(
    r"(?<![\w*\\])((\*\*\*?)(?=[^\s*])[^*\n]*(?:\n[^*\n]+){0,3}[^\w\s*\\]\2)"
    rf"(?={LETTER})"
)
STRONG_ENDS = re.compile(rf"\*\*(?<=[^\w\s*\\]\*\*)(?={LETTER})|\*\*\*{LETTER}")
"""Emphasis that ends between a mark and a letter: to CommonMark it does not end. Beside
Korean, Japanese and Chinese letters comrak knows it."""

LOOSE = late(r"^[^\n]*[ \t]\*\*(?![\w*])[^\n]*$", re.MULTILINE)
LOOSE_ENDS = re.compile(r"\*\*(?<=[ \t]\*\*)(?![\w*])")
MARK = late(r"(?<![\\*])\*\*(?!\*)")
"""Where a line may have emphasis that ends after a blank, and the marks of emphasis."""

ESCAPED = late(r"(?<=[\s(*_])https?://[^\s<>()\[\]\"'`]*\\_[^\s<>()\[\]\"'`]*")
"""An address in running text, with an escape for what would be emphasis elsewhere."""


def to_common(text: str) -> str:
    """Rewrite kramdown as CommonMark. ``from_common`` undoes what has to be undone."""
    if "{" in text or "*[" in text or "(|" in text:
        text = without_attributes(text)
    if "##" in text and (text.startswith("##") or HEADING.search(text)):
        text = outside_code(f"\n{text}", _with_blank)[1:]
    if "^" in text and "\n^\n" in text:
        text = outside_code(text, lambda piece: piece.replace("\n^\n", "\n<!-- -->\n"))
    if "](" in text or "**" in text or "]:" in text or "\\_" in text:
        text = outside_code(text, _as_meant)
    if "~" in text and TILDE not in text:
        text = LONE_TILDE.sub(TILDE, text)
    return text


def from_common(html: str, text: str) -> str:
    """Take out of the HTML what ``to_common`` put into this text."""
    if "~" in text and TILDE not in text:
        html = html.replace(TILDE, "~").replace(quote(TILDE), "~")
    if "**" in text and END not in text:
        html = html.replace(END, "").replace(quote(END), "")
    return html.replace(GUARD, "")


def _with_blank(text: str) -> str:
    return HEADING.sub(r"\n\1 \2", text)


def _as_meant(text: str) -> str:
    """Write links and emphasis so that CommonMark sees where they end."""
    if "](" in text:
        text = WITH_BLANKS.sub(r"](<\1>\2)", TITLED.sub(_title, text))
    text = DEFINED.sub(_title, text)
    if LOOSE_ENDS.search(text):
        text = LOOSE.sub(_tight, text)
    if STRONG_ENDS.search(text) and END not in text:
        text = STRONG.sub(rf"\1{END}", text)
    if "\\" in text and "://" in text:
        text = ESCAPED.sub(lambda address: address[0].replace("\\_", "_"), text)
    return text


def _tight(found: re.Match[str]) -> str:
    """Let emphasis end before a blank, where every mark of the line has its other one."""
    pieces = MARK.split(found[0])
    begins = all(piece[:1].strip() for piece in pieces[1::2])
    if len(pieces) % 2 == 0 or not begins:
        return found[0]
    for number in range(1, len(pieces), 2):
        before, piece, after = pieces[number - 1 : number + 2]
        if _is_word(before[-1:]):  # as in x**2
            break
        if piece[-1].isspace() and not after[:1].isalnum():
            pieces[number] = piece.rstrip()
            pieces[number + 1] = after if after[:1].isspace() else f" {after}"
    return "**".join(pieces)


def _is_word(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _title(found: re.Match[str]) -> str:
    return found[1] + found[2].replace('"', "&quot;") + found[3]
