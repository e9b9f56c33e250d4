"""Goes through a body and resolves its Liquid, tag by tag."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from syndicate.posts import short_codes
from syndicate.posts.code_blocks import code_spans
from syndicate.posts.expressions import Scope, evaluate, literals

OPENER = re.compile(r"\{(?:[%{]-?|#\s)")
CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
RAW_MARKS = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")

SKIPPED = frozenset({"capture", "comment", "for", "macro", "tablerow"})
"""Tags whose content cannot be shown without running them."""

BRANCHES = frozenset({"else", "elif", "elsif", "elseif"})
"""Tags that begin what is shown when a condition does not hold; the first one does."""

CONDITIONS = frozenset({"if", "unless", "case", "when"})


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


class Resolver:
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
        """Resolve all of it."""
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
            if value.text and short_codes.ADDRESS.fullmatch(value.text):
                # A film, say: what would have been made of it is not known.
                self._piece(short_codes.link(value.text, *words[:1]))
                return
        if value.text is None and not value.unknown:
            self._miss("HT003", value.name)
        self.out.append(value.text or "")

    def _tag(self, inside: str, end: int) -> int:
        """Resolve ``{% … %}``; give where what belongs to it ends."""
        name, rest = [*inside.split(maxsplit=1), "", ""][:2]
        if name == "raw":
            return self._until("raw", end, self.out.append)
        if name == "highlight":
            return self._until(
                name, end, lambda code: self._piece(short_codes.code(code, rest))
            )
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
        if name in CONDITIONS:
            return
        if html := short_codes.html_of(name, rest, self.scope.site_url):
            self._piece(html)
        else:
            self._miss("HT001", name)

    def _piece(self, html: str) -> None:
        self.out.append(f"\ufdd2{len(self.pieces)}\ufdd3")
        self.pieces.append(html)

    def _miss(self, code: str, name: str) -> None:
        self.unknown.setdefault(
            (code, name), Unknown(code=code, name=name, offset=self.offset)
        )
