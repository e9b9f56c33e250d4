"""
The expressions of Liquid: ``"/a.png" | relative_url``, ``page.title``, ``site.baseurl``.

What a name stands for is text, or nothing; lists and mappings of the front matter can
be walked through (``page.cover.image``) and not shown.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from syndicate.posts.filters import FILTERS

LITERAL = re.compile(r""""([^"]*)"|'([^']*)'""")
STEP = re.compile(r"""(?:[^|"']|"[^"]*"|'[^']*'|["'])+""")
"""A value or a filter: what stands between two pipes that are not in quotes."""

NAME = re.compile(r"\s*[:(]")

PICTURE = re.compile(r"image|img|photo|picture|figure|icon|avatar|logo")
"""Names of filters and tags that give a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a body may ask for."""

    site_url: str  # path included, without the closing slash
    site: Mapping[str, str] = field(default_factory=dict)  # its title, description, …
    page: Mapping[str, object] = field(
        default_factory=dict
    )  # the front matter, and url
    link_of: Callable[[str], str | None] = lambda _: (
        None
    )  # a post's, by its file's name
    names: dict[str, str] = field(default_factory=dict)  # what the body assigned

    def get(self, name: str) -> str | None:
        """Give the text a name stands for; ``None`` where it stands for nothing."""
        first, *rest = name.split(".")
        if first == "site" and rest:
            return self._of_site(".".join(rest))
        if first == "page":
            return _walk(self.page, rest)
        if name in self.names:
            return self.names[name]
        return _walk(self.page, [first, *rest])

    def _of_site(self, name: str) -> str | None:
        # Jekyll's site.url has no path: that is site.baseurl.
        parts = urlsplit(self.site_url)
        if name == "url":
            return f"{parts.scheme}://{parts.netloc}"
        return parts.path if name == "baseurl" else self.site.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What an expression gives."""

    text: str | None  # None: nothing is known by that name
    name: str  # the expression without its filters
    unknown: Sequence[
        tuple[str, Sequence[str]]
    ] = ()  # filters passed over, their words


def evaluate(expression: str, scope: Scope) -> Value:
    """
    Work out an expression with its filters.

    A filter that is not known gives what it was given, as Liquid does, unless its name
    says that it makes a picture: the name of a picture is not one.
    """
    first, *filters = [step.strip() for step in STEP.findall(expression)] or [""]
    literal = LITERAL.fullmatch(first)
    text = (literal[1] or literal[2] or "") if literal else scope.get(first)
    unknown: list[tuple[str, Sequence[str]]] = []
    for written in filters:
        name, words = NAME.split(written, 1)[0], literals(written)
        if name in FILTERS and (text is not None or name == "default"):
            text = FILTERS[name](text or "", words, scope.site_url)
        elif name not in FILTERS:
            unknown.append((name, words))
            text = None if PICTURE.search(name) else text
    return Value(text=text, name=first, unknown=unknown)


def literals(text: str) -> list[str]:
    """Give the quoted texts in a tag or a filter, in order."""
    return [first or second for first, second in LITERAL.findall(text)]


def _walk(tree: object, names: Sequence[str]) -> str | None:
    for name in names:
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree if isinstance(tree, str) else None
