"""
Liquid and Nunjucks in bodies: what a feed needs of them, and no tag left over.

Jekyll and Eleventy run these before Markdown. Addresses, ``raw``, ``highlight``, what
front matter says and pictures by short code are resolved; of what is unknown nothing
reaches a reader, and the author is told once for each kind. Code is left as it is, but
for the marks of ``raw``.

``resolve`` is the one door: whoever wants more of Liquid replaces what is behind it.

Source: shopify.github.io/liquid, jekyllrb.com/docs/liquid, 11ty.dev/docs/filters/url
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from syndicate.posts.addresses import on_site
from syndicate.posts.code_blocks import code_spans
from syndicate.posts.expressions import PICTURE, Scope, evaluate, literals
from syndicate.posts.pictures import type_of

OPENER = re.compile(r"\{(?:[%{]-?|#\s)")
CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
RAW_MARKS = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
ADDRESS = re.compile(r"""https?://[^\s"'<>]+""")

SKIPPED = frozenset({"capture", "comment", "for", "macro", "tablerow"})
"""Tags whose content cannot be shown without running them."""

BRANCHES = frozenset({"else", "elif", "elsif", "elseif"})
"""Tags that begin what is shown when a condition does not hold; the first one does."""

CONDITIONS = frozenset({"if", "unless", "case", "when"})

NAMED = re.compile(r"""(\w+)\s*[:=]\s*(?:"([^"]*)"|'([^']*)')""")
"""A word with a name, as ``alt: "…"``."""

SITES = {
    "gist": "https://gist.github.com/",
    "vimeo": "https://vimeo.com/",
    "youtube": "https://www.youtube.com/watch?v=",
}
"""Short codes that name something elsewhere, and where it is."""

PIECE = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands for HTML while Markdown is read. ``clean`` takes the like out of every post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something in a body that stands for nothing here."""

    code: str  # HT001, HT002, HT003 or HT004
    name: str
    offset: int  # in the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A body without Liquid."""

    text: str
    pieces: Sequence[str]  # HTML whose places are marked in ``text``
    unknown: Sequence[Unknown]  # the first of each kind


def is_needed(body: str) -> bool:
    """Whether a body has anything to resolve."""
    return OPENER.search(body) is not None


def resolve(body: str, scope: Scope) -> Resolved:
    """
    Resolve Liquid, or take it out.

    Args:
        body: Markdown or HTML.
        scope: What it may ask for.

    Returns:
        The body with text and addresses in place. HTML is kept apart until Markdown has
        been read, so that a picture on a line of its own does not make raw HTML of the
        lines that follow: ``fill`` puts it in.
    """
    return _Resolver(body, scope).run()


def fill(html: str, pieces: Sequence[str]) -> str:
    """Put the HTML of ``Resolved.pieces`` in its places."""
    return PIECE.sub(lambda mark: pieces[int(mark[1])], html) if pieces else html


class _Resolver:
    """Goes through a body once."""

    def __init__(self, body: str, scope: Scope) -> None:
        self.body = body
        self.scope = scope
        self.out: list[str] = []
        self.pieces: list[str] = []
        self.unknown: dict[tuple[str, str], Unknown] = {}
        self.missing: set[str] = set()  # ends that do not come any more
        self.offset = 0  # of the tag at hand

    def run(self) -> Resolved:
        spans = list(code_spans(self.body))
        starts = [start for start, _ in spans]
        at = 0
        while found := OPENER.search(self.body, at):
            index = bisect_right(starts, found.start()) - 1
            end = spans[index][1] if index >= 0 else 0
            if found.start() < end and at <= spans[index][0]:
                # The tag stands in code that no tag before it has taken.
                self.out.append(self.body[at : spans[index][0]])
                self.out.append(RAW_MARKS.sub("", self.body[spans[index][0] : end]))
                at = end
            else:
                self.out.append(self.body[at : found.start()])
                at = self._one(found)
        self.out.append(self.body[at:])
        return Resolved(
            text="".join(self.out),
            pieces=self.pieces,
            unknown=tuple(self.unknown.values()),
        )

    def _one(self, opener: re.Match[str]) -> int:
        """Resolve one tag or output; give where it ends."""
        self.offset = opener.start()
        mark = opener[0][:2]
        closer = CLOSERS[mark]
        end = -1 if closer in self.missing else self.body.find(closer, opener.end())
        if end < 0:
            self.missing.add(closer)
            self._miss("HT004", mark)
            self.out.append("" if mark == "{%" else opener[0])
            return opener.end()
        inside = self.body[opener.end() : end].removesuffix("-").strip()
        if mark == "{%":
            return self._tag(inside, end + 2)
        if mark == "{{":
            self._output(inside)
        return end + 2

    def _output(self, expression: str) -> None:
        value = evaluate(expression, self.scope)
        for name, words in value.unknown:
            self._miss("HT002", name)
            if value.text and ADDRESS.fullmatch(value.text):
                self._link(value.text, words[0] if words else value.text)
                return
        if value.text is None and not value.unknown:
            self._miss("HT003", value.name)
        self.out.append(value.text or "")

    def _tag(self, inside: str, end: int) -> int:
        """Resolve ``{% … %}``; give where what belongs to it ends."""
        name, _, rest = inside.partition(" ")
        if name == "raw":
            return self._until("raw", end, self.out.append)
        if name == "highlight":
            return self._until(name, end, lambda code: self._code(code, rest))
        if name in SKIPPED:
            if name != "comment":
                self._miss("HT001", name)
            return self._until(name, end)
        if name in BRANCHES:
            return self._after_branch(end)
        if name in {"assign", "set"}:
            self._assign(rest)
        elif name in {"link", "post_url"}:
            self._post(name, rest.strip())
        elif not name.startswith("end"):
            self._short_code(name, rest)
        return end

    def _until(
        self, name: str, at: int, use: Callable[[str], object] = lambda _: None
    ) -> int:
        """Hand over what stands before the closing tag; give where that ends."""
        pattern = rf"\{{%-?\s*end{re.escape(name)}\b[^%]*%\}}"
        closer = re.compile(pattern).search(self.body, at)
        if not closer:
            self._miss("HT004", f"{{% {name} %}}")
        use(self.body[at : closer.start() if closer else len(self.body)])
        return closer.end() if closer else len(self.body)

    def _after_branch(self, at: int) -> int:
        """Pass over the branches that follow the first, nested conditions included."""
        depth = 0
        if "branch" in self.missing:
            return at
        pattern = re.compile(r"\{%-?\s*(end)?(if|unless|case)\b[^%]*%\}")
        for found in pattern.finditer(self.body, at):
            depth += -1 if found[1] else 1
            if depth < 0:
                return found.end()
        self.missing.add("branch")
        return at

    def _assign(self, rest: str) -> None:
        name, _, expression = rest.partition("=")
        value = evaluate(expression, self.scope)
        if value.text is not None:
            self.scope.names[name.strip()] = value.text

    def _post(self, tag: str, name: str) -> None:
        address = self.scope.link_of((literals(name) or [name])[0])
        if address is None:
            self._miss("HT001", f"{tag} {name}")
        self.out.append(address or "")

    def _short_code(self, name: str, rest: str) -> None:
        words = literals(rest)
        found = ADDRESS.search(rest)
        if name in CONDITIONS:
            return
        if words and (PICTURE.search(name) or any(map(type_of, words))):
            self._picture(words, {key: a or b for key, a, b in NAMED.findall(rest)})
        elif name in SITES and rest.strip():
            address = SITES[name] + (words or rest.split())[0]
            self._link(address, address)
        elif found:
            self._link(found[0], found[0])
        else:
            self._miss("HT001", name)

    def _picture(self, words: list[str], named: Mapping[str, str]) -> None:
        """Show a picture: its address is the first that is one; what it shows, last."""
        source = next((word for word in words if type_of(word)), words[0])
        address = on_site(source, self.scope.site_url) or ""
        text = named.get("alt", words[-1] if len(words) > 1 else "")
        image = f'<img src="{escape(address)}" alt="{escape(" ".join(text.split()))}">'
        if caption := named.get("caption"):
            caption = f"<figcaption>{escape(caption)}</figcaption>"
            image = f"<figure>{image}{caption}</figure>"
        self._piece(image)

    def _link(self, address: str, text: str) -> None:
        self._piece(f'<a href="{escape(address)}">{escape(text)}</a>')

    def _code(self, code: str, lexer: str) -> None:
        language = escape((lexer.split() or ["text"])[0])
        lines = escape(code.strip("\n"), quote=False)
        self._piece(f'<pre><code class="language-{language}">{lines}</code></pre>')

    def _piece(self, html: str) -> None:
        self.out.append(f"\ufdd2{len(self.pieces)}\ufdd3")
        self.pieces.append(html)

    def _miss(self, code: str, name: str) -> None:
        self.unknown.setdefault(
            (code, name), Unknown(code=code, name=name, offset=self.offset)
        )
