"""
Boxes of text, and what stands in a post for the program that makes the page.

    :::tip Title  …  :::      a box, as in Docusaurus, VitePress and Quarto
    > [!NOTE]                 a box, as on GitHub
    [[toc]]  [TOC]            a table of contents, made by the page
    [[다른 글]]  [[글|이름]]   a link among an author's notes: its name stays
    import A from "./a"       MDX's, in a paragraph of its own, as is {/* a comment */}

comrak knows boxes with colons, but no titles of theirs; GitHub's are quotations with a title.
The rest goes, and code stays.

Source: docusaurus.io/docs/markdown-features/admonitions, vitepress.dev/guide/markdown,
mdxjs.com/docs/what-is-mdx
"""

import re

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.late import late

MOST = 500
"""Boxes of one text: parsers take n² steps for n in each other."""

OPENS = late(
    r"^([ ]{0,3}:{3,})[ \t]*\{?[ \t]*(?:#[\w-]+[ \t]+)?\.?([a-zA-Z][\w-]*)[ \t]*"
    r"(?:\[([^\]\n]{1,200})\]|((?![\w-]+=)[^\s\[{}:\"'.,=][^{}\n]{0,200}?)?)"
    r"[ \t]*(?:\{?[^{}\n]{0,200}\})?[ \t]*$",
    re.MULTILINE,
)
CLOSES = late(r"^[ ]{0,3}:{3,}[ \t]*$", re.MULTILINE)
ALERT = late(
    r"^((?:[ ]{0,3}>[ ]?){1,9})\[!([a-zA-Z]{2,20})\][+-]?[ \t]*([^\n]*)$", re.MULTILINE
)
WIKI = late(r"(?<!!)\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n|]{1,200}))?\]\](?![(\[])")
SIGNS = re.compile(r"\[(?:\[|!(?!\[)|toc\]|TOC\])")
"""Without one of them, and without a program, there is nothing to take out."""

CONTENTS = late(
    r"^[ ]{0,3}\[(?:toc|\[_?toc_?\])\][ \t]*$", re.MULTILINE | re.IGNORECASE
)
PROGRAM = late(
    r"(?:\A\n*|(?<=\n\n)(?=[^\n]*[ ]from[ ]|export))(?:(?:import[ ]+(?:[\w*$, ]{0,100}(?:\{[^{}]{0,500}\})?[ ]*from[ ]+)?"
    r"([\"'])[^\"'\n]{1,300}\1;?|export[ ]+const[ ]+\w+[ ]*=[^\n]{0,500};)[ \t]*(?:\n|\Z))+"
    r"(?=\s*\n|\Z)"
)
COMMENT = late(r"^[ \t]*\{/\*(?:[^*]|\*(?!/)){0,2000}\*/\}[ \t]*$", re.MULTILINE)


def has_boxes(text: str) -> bool:
    """Whether there are boxes: elsewhere three colons are three colons."""
    if ":::" not in text or text.count(":::") > MOST:
        return False
    return bool(OPENS.search(text) and CLOSES.search(text))


def contained(text: str, *, boxes: bool) -> str:
    """Write titles of boxes as text, and take out what is the page's program's."""
    begins = "import " in text and PROGRAM.search(text)
    if boxes or begins or SIGNS.search(text) or ("{" in text and "{/*" in text):
        return outside_code(text, _with_titles if boxes else _without_program)
    return text


def _with_titles(text: str) -> str:
    return OPENS.sub(_titled, _without_program(text))


def _without_program(text: str) -> str:
    if "[!" in text:
        text = ALERT.sub(_alert, text)
    if "import " in text:
        text = PROGRAM.sub("", text)
    text = COMMENT.sub("", CONTENTS.sub("", text))
    return WIKI.sub(_named, text) if "[[" in text else text


def _named(page: re.Match[str]) -> str:
    """Give what a link among notes is called; [[Prototype]] is JavaScript's own."""
    if page[2]:
        return page[2]
    return page[0] if page[1].isascii() else page[1]


def _alert(box: re.Match[str]) -> str:
    title = box[3].strip() or box[2].capitalize()
    return f"{box[1]}{_strong(title)}\n{box[1].rstrip()}"


def _titled(box: re.Match[str]) -> str:
    opener, title = f"{box[1]} {box[2]}", (box[3] or box[4] or "").strip()
    if not title:
        return opener
    return f"{opener}\n\n{_strong(title)}\n"


def _strong(title: str) -> str:
    return title if "*" in title else f"**{title}**"
