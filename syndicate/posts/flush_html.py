"""
HTML that is laid out with blanks, and with empty lines between its tags.

    <table>
      <tr>

          <td>가</td>       four blanks after an empty line: code, to CommonMark
      </tr>
    </table>

To a page and to kramdown what stands in an element is its content, however it is laid
out. Such lines lose their blanks here: in a table all of them, elsewhere those that begin
with a tag. An element that nobody closes changes nothing.

Source: kramdown.gettalong.org/syntax.html#html-blocks; spec.commonmark.org, HTML blocks
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from syndicate.posts.code_blocks import code_spans
from syndicate.posts.late import late

INDENT = r"(?<=\n)(?: {4}| {0,3}\t)[ \t]*"
OF_TAG = late(rf"{INDENT}(?=</?[a-zA-Z][a-zA-Z0-9]*[\s/>])")
OF_ANY = late(rf"{INDENT}(?=[^ \t\n])")
BEGINS = late(r"(?:\A|\n) {0,3}\Z")
NEAR = 5
"""Blanks before a block of HTML, and the end of the line above: at most so many."""

TAG = late(
    r"<(?P<closing>/?)(?P<name>table|thead|tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd|div|center"
    r"|section|article|blockquote|figure|header|footer|main|aside|nav)(?=[\s>])",
    re.IGNORECASE,
)
"""Elements that hold others."""


def flush(text: str) -> str:
    """Let tags in HTML begin their lines. Code stays as it is."""
    if "    <" not in text and "\t" not in text:
        return text
    code = list(code_spans(text))
    parts: list[str] = []
    at = passed = 0
    for start, end, name in _elements(text, code):
        indent = OF_ANY if name == "table" else OF_TAG
        parts.append(text[at:start])
        at = start
        while passed < len(code) and code[passed][0] < end:
            begin, after = code[passed]
            passed += 1
            if begin >= at:
                parts += [indent.sub("", text[at:begin]), text[begin:after]]
                at = after
        parts.append(indent.sub("", text[at:end]))
        at = max(at, end)
    return "".join([*parts, text[at:]]) if parts else text


def _elements(text: str, code: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Give the outermost elements that are closed: from, to, and name."""
    ends = [end for _, end in code]
    begun, stack, open_tags = 0, list[str](), Counter[str]()
    for tag in TAG.finditer(text):
        after = bisect_right(ends, tag.start())
        name = tag["name"].lower()
        if after < len(code) and code[after][0] <= tag.start():
            continue
        if not tag["closing"]:
            if stack or BEGINS.search(text[max(tag.start() - NEAR, 0) : tag.start()]):
                begun = begun if stack else tag.start()
                stack.append(name)
                open_tags[name] += 1
        elif open_tags[name]:
            while True:
                last = stack.pop()
                open_tags[last] -= 1
                if last == name:
                    break
            if not stack:
                yield begun, tag.end(), name
