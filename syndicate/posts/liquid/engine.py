"""
python-liquid, made to go on where it would stop.

It parses expressions and runs tags. Here a node that fails leaves nothing, tells of it
and hurts no other; an unknown name or filter is told of once; there is no loader, so
that no template reads a file; and everything is paid for (``budget``).
"""

from itertools import count
from typing import Any, TextIO

from liquid import BoundTemplate, Environment, Node, Token, TokenStream
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG

from syndicate.posts.liquid import Resolved, Scope
from syndicate.posts.liquid.blocks import BLOCKS
from syndicate.posts.liquid.budget import MOST, MOST_ELEMENTS, NODE, SpentError
from syndicate.posts.liquid.context import Context
from syndicate.posts.liquid.filters import FILTERS
from syndicate.posts.liquid.outcome import Outcome
from syndicate.posts.liquid.split import split
from syndicate.posts.liquid.tags import TAGS, first_of

FAILURES = (
    LiquidError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What python-liquid raises for what an author may write."""


def run(body: str, scope: Scope) -> Resolved:
    """Resolve the Liquid of a body. See ``resolve``."""
    outcome = Outcome()
    tokens = split(body, outcome, codes_only=scope.codes_only)
    nodes = get_parser(ENGINE).parse(TokenStream(iter(tokens)))
    template = BoundTemplate(ENGINE, nodes)
    context = Context(template, scope=scope, outcome=outcome)
    text = "".join(context.rendered(node) for node in nodes)
    return Resolved(text=text, pieces=outcome.pieces, unknown=outcome.in_order())


class Careful(Node):
    """Renders a node that may fail."""

    __slots__ = ("inner",)

    def __init__(self, inner: Node, token: Token) -> None:
        super().__init__(token)
        self.inner = inner
        self.blank = inner.blank

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Render it; where it fails, tell of it and leave nothing more."""
        before, context.at = context.at, self.token.start_index
        context.spend(NODE)
        try:
            written = self.inner.render_to_output(context, buffer)
        except ResourceLimitError:
            raise SpentError from None
        except FAILURES:
            context.miss(*_name(self.token))
            written = 0
        if self.token.value not in BLOCKS:
            context.spend(written)
        context.at = before
        return written


class Unreadable(Node):
    """Stands for what cannot be read."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:  # noqa: ARG002 - a node's signature
        """Tell of it."""
        context.miss(*_name(self.token))
        return 0


def _name(token: Token) -> tuple[str, str]:
    """Say what failed, as the author knows it."""
    if token.kind == TOKEN_OUTPUT:
        return "HT003", first_of(token.value)
    return "HT001", token.value


class Guarded(Tag):
    """Reads a tag that may be unreadable."""

    def __init__(self, inner: Tag) -> None:
        super().__init__(inner.env)
        self.inner = inner
        self.name = inner.name

    def get_node(self, stream: TokenStream) -> Node:
        """Read it; where that fails, pass over it and what belongs to it."""
        start, depth, token = stream.pos, stream.block_depth, stream.current
        try:
            return Careful(self.parse(stream), token)
        except FAILURES:
            stream.pos, stream.block_depth = _end(stream, start), depth
            return Careful(Unreadable(token), token)

    def parse(self, stream: TokenStream) -> Node:
        """Read it as python-liquid does."""
        return self.inner.parse(stream)


def _end(stream: TokenStream, start: int) -> int:
    """Find the last token of the tag that begins at a token; its end tag, if a block."""
    depth = 0
    for place in count(
        start
    ):  # pragma: no branch - split has seen to it that there is one
        token = stream.tokens[place]
        if token.kind == TOKEN_TAG:
            depth += token.value in BLOCKS
            depth -= token.value.removeprefix("end") in BLOCKS - {token.value}
        follows = stream.tokens[place + 1 : place + 2]
        if not depth and not (follows and follows[0].kind == TOKEN_EXPRESSION):
            break
    return place


class Engine(Environment):
    """The tags and filters of a post's body. Bounds beside ``budget`` are its own."""

    context_depth_limit = 60
    loop_iteration_limit = MOST_ELEMENTS
    output_stream_limit = MOST

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - python-liquid's
        """Take what reads no file and can be paid for."""
        self.tags = {tag.name: Guarded(tag(self)) for tag in TAGS}
        self.filters = dict(FILTERS)


ENGINE = Engine()
