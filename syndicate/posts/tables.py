"""
Tables of kramdown that GitHub's Markdown does not know, or would cut.

    | 가 | 나 |            a first row that is no head, or a line of dashes before it
    |----+----|            a line of dashes with crosses in it, or with one column
    | 다 | 라 |

Those without a head get an empty one, which ``without_empty_heads`` takes out of the HTML
again; lines of dashes between their rows go. A head is made as wide as the longest row:
cells beyond it would be dropped. Source: kramdown.gettalong.org/syntax.html#tables
"""

from bisect import bisect_right

from syndicate.posts.code_blocks import code_spans
from syndicate.posts.late import late

ROWS = late(
    r"(?:(?<=\n\n)|\A)"
    r"(?:[ ]{0,3}\|(?:[^\n]*\|[ \t]*|[ \t]*:?[-=][-=+:| \t]*)(?:\n|\Z)){2,}"
)
DASHES = late(r"[ ]{0,3}\|[ \t]*:?[-=][-=+:| \t]*")
CROSS = late(r"[|+]")
PIPE = late(r"(?<!\\)\|")
EMPTY_HEAD = late(r"<thead>\s*<tr>\s*(?:<th(?: [^<>]*)?></th>\s*)+</tr>\s*</thead>\s*")

BLANK = late(r"\n[ \t]*\n")
MOST_CELLS = 100_000
"""Cells that a parser may have to make. Written out, they would be signs beyond number."""


def has_vast_ones(text: str) -> bool:
    """
    Whether a text has tables far larger than it looks: a short row is filled up.

    Three thousand columns and twenty thousand rows of one letter are 100 kB of text, and
    gigabytes of cells. Source: github.github.com/gfm, tables.
    """
    if text.count("|") * text.count("\n") <= MOST_CELLS:
        return False
    cells = 0
    for block in BLANK.split(text):
        lines = block.split("\n")
        cells += len(lines) * max(line.count("|") for line in lines)
    return cells > MOST_CELLS


def with_heads(text: str) -> str:
    """Give every table of Markdown a head. Blocks of code stay as they are."""
    if "|\n" not in text:
        return text
    found = list(ROWS.finditer(text))
    if not found:
        return text
    blocks = [(a, b) for a, b in code_spans(text) if text.find("\n", a, b) >= 0]
    ends = [end for _, end in blocks]
    parts: list[str] = []
    at = 0
    for rows in found:
        after = bisect_right(ends, rows.start())
        if after == len(blocks) or blocks[after][0] >= rows.end():
            parts += [text[at : rows.start()], _with_head(rows[0])]
            at = rows.end()
    return "".join([*parts, text[at:]])


def without_empty_heads(html: str) -> str:
    """Take out heads without a word."""
    return EMPTY_HEAD.sub("", html) if "<th" in html else html


def _with_head(table: str) -> str:
    first, *rest = table.splitlines(keepends=True)
    if _is_rule(first):
        first, *rest = rest
    if rest and _is_rule(rest[0]):
        head, dashes, body = first, _ruled(rest[0]), rest[1:]
    else:
        cells = len(PIPE.findall(first)) - 1
        head, dashes = "|   " * cells + "|\n", "|---" * cells + "|\n"
        body = [first, *rest]
    rows = [row for row in body if not _is_rule(row)]
    widths = [len(PIPE.findall(row)) for row in (head, dashes, *rows)]
    width = max(widths)
    if widths[:2] != [width, width]:
        head = _widened(head, "   |" * (width - widths[0]))
        dashes = _widened(dashes, "---|" * (width - widths[1]))
    return "".join([head, dashes, *rows])


def _ruled(dashes: str) -> str:
    """Write the line below a head as GitHub knows it: alignments and no crosses."""
    cells = [cell.strip() for cell in CROSS.split(dashes.strip().strip("|"))]
    left = [":" if cell.startswith(":") else "" for cell in cells]
    right = [":" if cell.endswith(":") else "" for cell in cells]
    sides = zip(left, right, strict=True)
    return f"|{'|'.join(f'{begin}---{end}' for begin, end in sides)}|\n"


def _is_rule(row: str) -> bool:
    return DASHES.fullmatch(row.rstrip("\n")) is not None


def _widened(row: str, cells: str) -> str:
    return f"{row.rstrip()}{cells}\n"
