"""
Text that YAML takes for a comment, and its author did not: ``tags: #지진``.

A ``#`` after a blank begins a comment. In a title that is never meant; in an excerpt or a
list of tags it is, where a blank follows: ``tags: [a]  # at most five``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syndicate.posts.mend import quoted

if TYPE_CHECKING:
    import yaml

COMMENT = re.compile(r"[ \t]#")
AFTER = re.compile(r"[ \t]+(?P<sign>#)(?P<blank>[ \t]|(?=\n))?[^\n]*")

KEYS = frozenset(
    "title excerpt description summary tag tags category categories".split()
)
"""Keys whose text readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A value that ends at a comment."""

    key: str
    line: int  # of the front matter, from 1
    col: int  # of the value
    mend: str  # the line as it should be written


def lost_to_comments(front: str) -> Iterator[Lost]:
    """
    Find what a post loses to comments.

    Args:
        front: YAML that was read: how deep it goes is known.
    """
    if not COMMENT.search(front):
        return
    import yaml  # noqa: PLC0415 - as in yaml_text

    loader = yaml.CBaseLoader(front)
    try:
        # There may be a second document, which nobody reads.
        tree = loader.get_node() if loader.check_node() else None
    except yaml.composer.ComposerError:  # two anchors of one name, which YAML allows
        return
    for key, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
        is_list = isinstance(value, yaml.SequenceNode)
        for node in value.value if is_list else (value,):
            if key.value in KEYS and isinstance(node, yaml.ScalarNode):
                yield from _lost(key.value, node, front, is_entry=is_list)


def _lost(
    key: str, node: "yaml.ScalarNode", front: str, *, is_entry: bool
) -> Iterator[Lost]:
    start, end = node.start_mark.index, node.end_mark.index
    found = AFTER.match(front, end)
    is_quoted = node.style in {"'", '"', "|", ">"}
    if not found or is_quoted or (found["blank"] and key != "title"):
        return
    text = " ".join(front[start : found.end()].split())
    head = "-" if is_entry else f"{key}:"
    begins = start if node.value else found.start("sign")
    line, col = front.count("\n", 0, begins) + 1, begins - front.rfind("\n", 0, begins)
    yield Lost(key=key, line=line, col=col, mend=f"{head} {quoted(text)}")
