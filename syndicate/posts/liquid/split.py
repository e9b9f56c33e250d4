"""
Takes a body apart into the tokens of python-liquid.

Its own lexer gives up at the first slip. This one goes on: what is not closed is closed
or shown, what closes nothing is dropped, and code is spared. Every step moves forward,
so that a hostile body takes no longer than a long one.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from liquid import Token
from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG

from syndicate.posts import octopress, short_codes
from syndicate.posts.code_blocks import code_spans
from syndicate.posts.liquid import OPENER
from syndicate.posts.liquid.blocks import BLOCKS, BRANCHES, Block, Blocks
from syndicate.posts.liquid.hugo_codes import (
    CODE,
    CODE_OPENER,
    HUGO,
    REFERENCE,
    REFERENCES,
    as_shown,
    names_of_pairs,
    read_code,
)
from syndicate.posts.liquid.outcome import Outcome
from syndicate.posts.liquid.trusted import trusted

CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
RAW_MARKS = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
NAMES = {"set": "assign", "elif": "elsif", "elseif": "elsif"}
"""Nunjucks' words for what Liquid has, too."""

SKIPPED = frozenset({"comment", "doc", "macro"})
"""Tags whose content is not shown."""

MOST_TOKENS = 15_000
"""Most tokens of one body, two to three for each tag: a quarter of a second of reading."""


def split(body: str, outcome: Outcome, *, codes_only: bool = False) -> list[Token]:
    """Take a body apart. What is not closed is noted, and closed."""
    return Splitter(body, outcome, CODE_OPENER if codes_only else OPENER).run()


class Splitter:
    """Goes through a body once."""

    def __init__(
        self, body: str, outcome: Outcome, opener: re.Pattern[str] = OPENER
    ) -> None:
        self.body = body
        self.opener = opener
        self.outcome = outcome
        self.tokens: list[Token] = []
        self.blocks = Blocks()
        self.missing: set[str] = set()  # ends that do not come any more
        self.ends: dict[str, int] = {}  # where a name is ended for the last time
        self.quotes: list[str] = []  # what closes the quotations that are open
        self.pairs: frozenset[str] | None = None  # Hugo's codes that are closed
        self.offset = 0  # of the tag at hand
        self.trims = False  # whether it takes the blanks that follow it

    def run(self) -> list[Token]:
        """Split all of it."""
        spans = list(code_spans(self.body))
        starts = [start for start, _ in spans]
        at = 0
        while found := self.opener.search(self.body, at):
            index = bisect_right(starts, found.start()) - 1
            start, end = spans[index] if index >= 0 else (0, 0)
            if found.start() < end and at <= start:
                # The tag stands in code that no tag before it has taken.
                self._text(self.body[at:start])
                self._text(as_shown(RAW_MARKS.sub("", self.body[start:end])))
                at = end
            else:
                self._text(self.body[at : found.start()])
                at = self._one(found)
        self._text(self.body[at:])
        self._close(self.blocks.close_all())
        return self.tokens

    def _text(self, text: str) -> None:
        if self.trims and text:
            text, self.trims = text.lstrip(), False
        if text:
            self._emit(TOKEN_CONTENT, text)

    def _emit(self, kind: str, value: str, expression: str = "") -> None:
        self.tokens.append(Token(kind, value, self.offset, ""))
        if expression or kind == TOKEN_OUTPUT:
            self.tokens.append(Token(TOKEN_EXPRESSION, expression, self.offset, ""))

    def _one(self, opener: re.Match[str]) -> int:
        """Split off one tag or output; give where what belongs to it ends."""
        self.offset = opener.start()
        mark = opener[0][:2]
        if opener[0] == "{{" and self.body.startswith(("<", "%"), opener.end()):
            return self._hugo()
        closer = CLOSERS[mark]
        end = -1 if closer in self.missing else self.body.find(closer, opener.end())
        if end < 0:
            self.missing.add(closer)
            self.outcome.miss("HT004", mark, self.offset)
            self._text("" if mark == "{%" else opener[0])
            return opener.end()
        if opener[0].endswith("-"):
            self._trim_before()
        inside = self.body[opener.end() : end]
        self.trims = inside.endswith("-")
        inside = inside.removesuffix("-").strip()
        if mark == "{%":
            return self._tag(inside, end + 2)
        if mark == "{{" and self._has_room():
            self._emit(TOKEN_OUTPUT, inside, trusted(inside))
        return end + 2

    def _hugo(self) -> int:
        """Split off one of Hugo's short codes."""
        sign = self.body[self.offset + 2]
        code = None if sign in self.missing else read_code(self.body, self.offset)
        if code is None:
            self.missing.add(sign)
            self.outcome.miss("HT004", "{{" + sign, self.offset)
            self._text("{{" + sign)
            return self.offset + 3
        if not code.name:
            self._text(code.rest)
        elif code.name in CODE:
            closer = re.compile(rf"\{{\{{[<%]\s*/\s*{code.name}\s*[>%]\}}\}}")
            return self._until(
                code.name, code.end, lambda text: self._code(text, code.rest), closer
            )
        elif not code.name.startswith("/") and self._has_room():
            if self.pairs is None:
                self.pairs = names_of_pairs(self.body)
            # What leads somewhere by its words is called so by what the pair holds.
            rest = "" if code.name in self.pairs else code.rest
            words = f"{code.name} {rest}"
            self._emit(TOKEN_TAG, REFERENCE if code.name in REFERENCES else HUGO, words)
        return code.end

    def _has_room(self) -> bool:
        """Whether another tag may be told of."""
        if len(self.tokens) < MOST_TOKENS:
            return True
        self.outcome.miss("HT007", "", self.offset)
        return False

    def _trim_before(self) -> None:
        if self.tokens and self.tokens[-1].kind == TOKEN_CONTENT:
            token = self.tokens.pop()
            if text := token.value.rstrip():
                self.tokens.append(token._replace(value=text))

    def _tag(self, inside: str, end: int) -> int:
        """Split off ``{% … %}``; give where what belongs to it ends."""
        name, rest = [*inside.split(maxsplit=1), "", ""][:2]
        name = NAMES.get(name, name)
        if use := self._use_of(name, rest):
            return self._until(name, end, use)
        if name in octopress.DRESSED and self._is_ended(name):
            self._quote(name, rest)
        elif name.startswith("end"):
            self._unquote(name[3:])
            self._close(self.blocks.close(name[3:]))
        elif name in BRANCHES:
            if self.blocks.branch(name) and self._has_room():
                words = "" if name == "else" else trusted(rest, tag=name)
                self._emit(TOKEN_TAG, name, words)
        else:
            if name in BLOCKS:
                self._open(name)
            if self.blocks.is_told and self._has_room():
                self._emit(TOKEN_TAG, name, trusted(rest, tag=name))
        return end

    def _use_of(self, name: str, rest: str) -> Callable[[str], object] | None:
        """Give what becomes of all that a pair holds; nothing, where it is read on."""
        if name == "raw":
            return self._text
        if name == "highlight" or (name in octopress.CODE and self._is_ended(name)):
            return lambda code: self._code(code, rest, name)
        if name in SKIPPED:
            if name == "macro":
                self.outcome.miss("HT001", name, self.offset)
            return lambda _: None
        return None

    def _code(self, code: str, options: str, name: str = "") -> None:
        titled = name in octopress.CODE
        html_of = octopress.code if titled else short_codes.code
        html = html_of(RAW_MARKS.sub("", code), options)
        self._text(self.outcome.piece(html))

    def _is_ended(self, name: str) -> bool:
        """Whether the end of a pair comes, as that of ``{% code "a.rb" %}`` does not."""
        if name not in self.ends:
            ends = re.finditer(rf"\{{%-?\s*end{name}\b", self.body)
            self.ends[name] = max((end.start() for end in ends), default=-1)
        return self.ends[name] > self.offset

    def _quote(self, name: str, rest: str) -> None:
        if name in octopress.QUOTES:
            opening, closing = octopress.quoted(rest)
            self._text(opening)
            self.quotes.append(closing)

    def _unquote(self, name: str) -> None:
        if name in octopress.QUOTES and self.quotes:
            self._text(self.quotes.pop())

    def _until(
        self,
        name: str,
        at: int,
        use: Callable[[str], object],
        end: re.Pattern[str] | None = None,
    ) -> int:
        """Hand over what stands before the closing tag; give where that ends."""
        pattern = rf"\{{%-?\s*end{re.escape(name)}\b[^%]*%\}}"
        closer = (end or re.compile(pattern)).search(self.body, at)
        if not closer:
            self.outcome.miss("HT004", f"{{% {name} %}}", self.offset)
        use(self.body[at : closer.start() if closer else len(self.body)])
        self.trims = bool(closer and closer[0].endswith("-%}"))
        return closer.end() if closer else len(self.body)

    def _open(self, name: str) -> None:
        is_told = self.blocks.has_room and self._has_room()
        self.blocks.open(Block(name, self.offset, is_told))
        if not is_told:
            self.outcome.miss("HT001", name, self.offset)

    def _close(self, closed: Iterable[tuple[Block, bool]]) -> None:
        for block, is_missing in closed:
            if is_missing:
                self.outcome.miss("HT004", f"{{% {block.name} %}}", block.offset)
            if block.is_told:
                self._emit(TOKEN_TAG, f"end{block.name}")
