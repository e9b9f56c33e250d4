"""
Links to addresses that are given elsewhere in a text, where engines disagree on them.

    [가] [wiki]             a blank or a break between the two
    [wiki]: /a(b.html      brackets in an address that are not in pairs

The first Markdown and kramdown take both. To CommonMark the first is no link, and the
second gives no address: with it all are lost that are given below it.

Source: daringfireball.net/projects/markdown/syntax#link, kramdown.gettalong.org/syntax.html
(reference links); spec.commonmark.org, link reference definitions
"""

import re
from collections.abc import Container

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.late import late

GIVEN = late(
    r"^(?P<head> {0,3}\[(?P<name>[^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]*+)(?P<address>[^\s<>]+)",
    re.MULTILINE,
)
BRACKETS = re.compile(r"\]:[ \t]*[^\s<>()\[\]]*[()]")
"""Without one there is no odd one in an address: found in a tenth of the time."""

APART = late(
    r"(?<!\])\[(?!\^)([^\[\]\n]{1,300}(?:\n[^\[\]\n]{1,300}){0,3})\][ \n]"
    r"\[([^\[\]\n]{1,200})\](?![\[(:])"
)


def joined(text: str) -> str:
    """Write links to addresses given elsewhere as CommonMark has them."""
    if "]:" not in text:
        return text
    is_apart = "] [" in text or "]\n[" in text
    if not is_apart and not BRACKETS.search(text):
        return text
    addresses = {
        given["name"].casefold(): given["address"] for given in GIVEN.finditer(text)
    }
    if is_apart and addresses:
        text = outside_code(text, lambda piece: _joined(piece, addresses))
    if any(map(_is_uneven, addresses.values())):
        text = outside_code(text, lambda piece: GIVEN.sub(_enclosed, piece))
    return text


def _joined(piece: str, names: Container[str]) -> str:
    """Join what stands apart. Two links one after the other stay two."""

    def join(pair: re.Match[str]) -> str:
        is_link = pair[2].casefold() in names and pair[1].casefold() not in names
        return f"[{pair[1]}][{pair[2]}]" if is_link else pair[0]

    return APART.sub(join, piece)


def _enclosed(given: re.Match[str]) -> str:
    is_uneven = _is_uneven(given["address"])
    return f"{given['head']}<{given['address']}>" if is_uneven else given[0]


def _is_uneven(address: str) -> bool:
    return address.count("(") != address.count(")")
