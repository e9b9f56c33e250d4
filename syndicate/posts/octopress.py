"""
Tags of Octopress and Hexo, whose words stand without quotation marks.

    {% img left /a.png 300 200 "title" "what it shows" %}    {% asset_img a.png %}
    {% codeblock title lang:ruby https://… %} … {% endcodeblock %}
    {% blockquote Author, Source https://… title %} … {% endblockquote %}

Source: octopress.org/docs/plugins, hexo.io/docs/tag-plugins
"""

import re
from collections.abc import Sequence
from html import escape
from itertools import dropwhile

from syndicate.posts import short_codes
from syndicate.posts.addresses import on_site
from syndicate.posts.pictures import is_picture
from syndicate.posts.plain import one_line

CODE = frozenset({"codeblock", "code"})
"""Pairs that hold code."""

QUOTES = frozenset({"blockquote", "quote", "centerquote", "cq"})
"""Pairs that hold what others said, in Markdown."""

KEPT = frozenset({"pullquote", "note"})
"""Pairs that only dress what they hold."""

DRESSED = QUOTES | KEPT

BESIDE = frozenset({"asset_img", "asset_link"})
"""Tags that name a file beside the post."""

WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")
SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|%)?|auto")
OPTION = re.compile(r"""(?<!\S)(?!https?:)\w+[:=](?:"[^"]*"|'[^']*'|\S*)""")
LANGUAGE = re.compile(r"(?<!\S)lang:\s*([\w+#-]+)")


def html_of(name: str, rest: str, site_url: str) -> str:
    """
    Give what a tag stands for; nothing where that is not known.

    Args:
        name: Of the tag.
        rest: What follows the name in it. A file in quotation marks is none of ours.
        site_url: What an address is relative to, but that of a file beside the post.
    """
    found = WORD.findall(rest)
    words = [one or other or bare for one, other, bare in found]
    if name == "asset_link" and words:
        return short_codes.link(words[0], " ".join(words[1:]))
    is_shown = bool(short_codes.PICTURE.search(name))
    files = (n for n, (*_, bare) in enumerate(found) if _is_file(bare))
    at = next(files, None) if is_shown or name == "video" else None
    if at is None:
        return ""
    address = words[at] if name in BESIDE else on_site(words[at], site_url) or ""
    if not is_shown:
        return f'<video src="{escape(address)}" controls></video>'
    return f'<img src="{escape(address)}" alt="{escape(_said(words[at + 1 :], rest))}">'


def _is_file(word: str) -> bool:
    """Whether a word is an address: of ``url=/a.png`` nobody knows that it is."""
    return "=" not in word.partition("?")[0] and (is_picture(word) or "/" in word)


def _said(words: Sequence[str], rest: str) -> str:
    """Tell what a picture shows: the last quoted text, or else all that is no size."""
    quoted = short_codes.literals(rest)
    if quoted and quoted[-1] in words:
        return quoted[-1]
    return " ".join(dropwhile(SIZE.fullmatch, words))


def link(rest: str) -> str:
    """Give the link of ``{% link text https://… %}``; nothing where there is no address."""
    text, address, _ = _parts(rest)
    return short_codes.link(address, text) if address else ""


def post_link(rest: str) -> tuple[str, str]:
    """Give the name of a post, and what ``{% post_link name text %}`` calls it."""
    name, *text = [one or other or bare for one, other, bare in WORD.findall(rest)] or [
        ""
    ]
    if text and text[-1] in {"true", "false"}:
        text.pop()  # whether it is escaped: it always is
    return name, " ".join(text) or name


def code(text: str, options: str) -> str:
    """Give a block of code under its title."""
    language = LANGUAGE.search(options)
    block = short_codes.code(text, language[1] if language else "")
    caption = _source(OPTION.sub("", options))
    if not caption:
        return block
    return f"<figure><figcaption>{caption}</figcaption>{block}</figure>"


def quoted(rest: str) -> tuple[str, str]:
    """Give what stands before a quotation, and behind it: who said so."""
    source = _source(OPTION.sub("", rest))
    said = f"<p>— {source}</p>\n\n" if source else ""
    return "\n\n<blockquote>\n\n", f"\n\n{said}</blockquote>\n\n"


def _source(text: str) -> str:
    """Give who said it, and where, as HTML."""
    name, address, title = _parts(text)
    shown = short_codes.link(address, title) if address else ""
    return " ".join(filter(None, [escape(name), shown]))


def _parts(text: str) -> tuple[str, str, str]:
    """Take ``name https://… title`` apart; each may be nothing."""
    found = short_codes.ADDRESS.search(text)
    name, title = (text[: found.start()], text[found.end() :]) if found else (text, "")
    return one_line(name), found[0] if found else "", one_line(title)
