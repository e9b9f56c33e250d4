"""
The short way through front matter that says little more than ``key: value``.

    title: 강진                     text without a sign that YAML gives a meaning
    image: '/a.jpg'                 text in quotes, with neither quotes nor backslashes inside
    tags: [지진, 강진]               a list in one line, or one of lines that begin with a dash
    excerpt: >                      a folded or literal block of evenly indented lines

Nearly every post is written so, and libyaml takes two thirds of the time in which a plain
post is read. What this does not know for certain it leaves to libyaml: a test compares
the two over generated front matter.
"""

import re
import unicodedata
from collections.abc import Callable

from syndicate.posts.yaml_text import Tree

WORD = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^:#\n]*(?:(?::(?![ \n])|(?<! )#)[^:#\n]*)*"
"""Text on one line. A colon before a blank would end a key, a # after one the text."""

INNER = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^:,\[\]{}?#'\"\n]*"
"""The same in a list in brackets, where more signs mean something."""

LINE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,60}):"
    r"(?:"
    rf" +(?P<plain>{WORD})\n"
    r"| +'(?P<single>[^'\n]*)' *\n"
    r'| +"(?P<double>[^"\n]*)" *\n'
    rf"| +\[(?P<flow>{INNER}(?:, *{INNER})*)?\] *\n"
    rf"| *\n(?P<dashes>(?P<indent> *)- +{WORD}\n(?:(?P=indent)- +{WORD}\n)*)"
    r"| +(?P<mark>[>|]-?) *\n(?P<block>(?P<left> +)[^ \n][^\n]*\n"
    r"(?:\n*(?P=left)[^ \n][^\n]*\n)*)\n*"
    r"| *(?P<empty>\n)"
    r")\n*"
)

KEY, PLAIN = LINE.groupindex["key"], LINE.groupindex["plain"]
"""Asked for by number, which is faster than by name."""


def parse_flat(front: str) -> dict[str, Tree] | None:
    r"""
    Read front matter that is flat.

    Args:
        front: Lines, each ending in ``\n``.

    Returns:
        What ``front_matter.load`` would give, without a word to note; ``None`` where
        that takes a whole parser.
    """
    # Nothing that cannot be printed: no control, tab, odd blank or break is in it.
    plain = front.replace("\n", "")
    if not plain.isprintable() or "\\" in plain or "\ufffd" in plain:
        return None
    if not unicodedata.is_normalized("NFC", plain):
        return None
    fields: dict[str, Tree] = {}
    number = end = 0
    while found := LINE.match(front, end):
        number, end = number + 1, found.end()
        if found.lastindex == PLAIN:  # most are; a call takes as long as all else here
            fields[found[KEY]] = found[PLAIN].rstrip(" ")
        else:
            fields[found[KEY]] = READ[str(found.lastgroup)](found)
    # Stopped halfway, or a key that was said twice.
    return fields if end == len(front) and number == len(fields) else None


def _items(found: re.Match[str]) -> Tree:
    lines = found["dashes"].split("\n")[:-1]
    return [line.strip(" ")[1:].lstrip(" ") for line in lines]


def _folded(found: re.Match[str]) -> Tree:
    """Join the lines of a block, as YAML 1.1 section 9.2.4 has it."""
    left, mark = found["left"], found["mark"]
    text = found["block"][len(left) : -1].replace("\n" + left, "\n")
    if mark[0] == ">" and "\n\n" in text:
        text = FOLD.sub(lambda breaks: breaks[0][1:] or " ", text)
    elif mark[0] == ">":
        text = text.replace("\n", " ")
    return text if mark[1:] else text + "\n"


FOLD = re.compile(r"\n+")

READ: dict[str, Callable[[re.Match[str]], Tree]] = {
    "single": lambda found: found["single"],
    "double": lambda found: found["double"],
    "flow": lambda found: [item.strip(" ") for item in found["flow"].split(",")],
    "dashes": _items,
    "block": _folded,
    "empty": lambda _: "",
    "key": lambda _: [],  # nothing between the brackets
}
