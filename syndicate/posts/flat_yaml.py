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

from syndicate.posts.yaml_text import Tree

WORD = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^:#\n]*(?:(?::(?![ \n])|(?<! )#)[^:#\n]*)*"
"""Text on one line. A colon before a blank would end a key, a # after one the text."""

INNER = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^:,\[\]{}?#'\"\n]*"
"""The same in a list in brackets, where more signs mean something."""

FIELD = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,60}):"
    r"(?:"
    rf" +(?P<plain>{WORD})\n"
    r"| +'(?P<single>[^'\n]*)' *\n"
    r'| +"(?P<double>[^"\n]*)" *\n'
    rf"| +(?P<flow>\[(?:{INNER}(?:, *{INNER})*)?\]) *\n"
    rf"| *\n(?P<dashes>(?P<indent> *)- +{WORD}\n(?:(?P=indent)- +{WORD}\n)*)"
    r"| +(?P<mark>[>|]-?) *\n(?P<block>(?P<left> +)[^ \n][^\n]*\n"
    r"(?:\n*(?P=left)[^ \n][^\n]*\n)*)\n*"
    r"| *\n"
    r")\n*"
    r"|(?P<rest>(?s:.+))"
)
"""A key with its value; failing that, all that is left."""

FOLD = re.compile(r"\n+")


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
    written = front.replace("\n", "")
    if not written.isprintable() or "\\" in written or "\ufffd" in written:
        return None
    if not unicodedata.is_normalized("NFC", written):
        return None
    fields: dict[str, Tree] = {}
    # All at once: a match by itself, and a call for each value, would take as long again.
    found = FIELD.findall(front)
    for key, plain, single, double, flow, dashes, _, mark, block, left, rest in found:
        if plain:
            fields[key] = plain.rstrip(" ")
        elif flow:
            fields[key] = _listed(flow)
        elif dashes:
            fields[key] = _dashed(dashes)
        elif mark:
            fields[key] = _folded(block, left, mark)
        elif rest:
            return None
        else:
            fields[key] = single or double
    is_said_twice = len(fields) < len(found)
    return None if is_said_twice else fields


def _listed(flow: str) -> Tree:
    inner = flow[1:-1]
    return [item.strip(" ") for item in inner.split(",")] if inner else []


def _dashed(dashes: str) -> Tree:
    return [line.strip(" ")[1:].lstrip(" ") for line in dashes[:-1].split("\n")]


def _folded(block: str, left: str, mark: str) -> Tree:
    text = block[len(left) : -1].replace("\n" + left, "\n")
    if mark[0] == ">":
        text = _joined(text)
    return text if mark[1:] else text + "\n"


def _joined(lines: str) -> str:
    """Join lines, as YAML 1.1 section 9.2.4 has it: of two breaks and more, one goes."""
    if "\n\n" not in lines:
        return lines.replace("\n", " ")
    if "\n\n\n" in lines:
        return FOLD.sub(lambda breaks: breaks[0][1:] or " ", lines)
    return "\n".join([each.replace("\n", " ") for each in lines.split("\n\n")])
