"""
The tags: python-liquid's own that read no file, and Jekyll's.

``include`` is a short code like any other: what it includes lies outside the posts
folder and is never read.
"""

from typing import Any, TextIO

from liquid import Node, Token, TokenStream
from liquid.builtin import content, output
from liquid.builtin.tags import (
    assign_tag,
    capture_tag,
    case_tag,
    cycle_tag,
    decrement_tag,
    echo_tag,
    for_tag,
    if_tag,
    ifchanged_tag,
    increment_tag,
    inline_comment_tag,
    tablerow_tag,
    unless_tag,
)
from liquid.expression import Expression
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_ILLEGAL

from syndicate.posts import short_codes
from syndicate.posts.liquid import hugo_codes
from syndicate.posts.liquid.budget import size_of
from syndicate.posts.liquid.hugo_codes import HUGO, REFERENCE
from syndicate.posts.liquid.outcome import Html


def first_of(expression: str) -> str:
    """Give what stands before the filters."""
    return expression.partition("|")[0].strip()


class Value(output.OutputNode):
    """``{{ … }}``."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the value down, HTML apart."""
        value = self.expression.evaluate(context)
        return buffer.write(context.show(value, first_of(self.token.value)))


class Output(output.Output):
    """Reads ``{{ … }}``."""

    node_class = Value


class Bounded(Expression):
    """What a loop goes through, measured before it does."""

    __slots__ = ("inner",)

    def __init__(self, inner: Expression) -> None:
        super().__init__(inner.token)
        self.inner = inner

    def __str__(self) -> str:
        return str(self.inner)

    def evaluate(self, context: Any) -> object:
        """Give it; a name that nobody knows is noted."""
        value = self.inner.evaluate(context)
        size_of(value)
        context.known(value)
        return value

    def children(self) -> list[Expression]:
        """Give what is in it."""
        return [self.inner]


class For(for_tag.ForTag):
    """``{% for x in … %}``."""

    def parse(self, stream: TokenStream) -> for_tag.ForNode:
        """Read it, and bound what it goes through."""
        node = super().parse(stream)
        assert isinstance(node, for_tag.ForNode)
        node.expression.iterable = Bounded(node.expression.iterable)
        return node


class TableRow(tablerow_tag.TablerowTag):
    """``{% tablerow x in … %}``."""

    def parse(self, stream: TokenStream) -> tablerow_tag.TablerowNode:
        """Read it, and bound what it goes through."""
        node = super().parse(stream)
        node.expression.iterable = Bounded(node.expression.iterable)
        return node


class Plain(Node):
    """A tag whose words are no expressions."""

    __slots__ = ("words",)

    def __init__(self, token: Token, words: str) -> None:
        super().__init__(token)
        self.words = words
        self.blank = False


class ShortCodeNode(Plain):
    """A tag of a plugin."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the picture or link it stands for, if that can be told."""
        name, site = self.token.value, context.site
        html = short_codes.html_of(name, self.words, site.site_url)
        if not html:
            context.miss("HT001", name)
            return 0
        return buffer.write(context.show(Html(html)))


class LinkNode(Plain):
    """``{% link … %}`` and ``{% post_url … %}``."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the address of the post."""
        name = (short_codes.literals(self.words) or [self.words])[0]
        address = context.site.link_of(name)
        if address is None:
            context.miss("HT001", f"{self.token.value} {self.words}")
        return buffer.write(address or "")


class HugoNode(Plain):
    """A short code of Hugo's."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write what it stands for, if that can be told."""
        name, _, rest = self.words.partition(" ")
        html = hugo_codes.html_of(name, rest, context.site.site_url)
        if not html:
            context.miss("HT003", f"< {name} >")
            return 0
        return buffer.write(context.show(Html(html)))


class ReferenceNode(Plain):
    """``{{< ref … >}}`` and ``{{< relref … >}}``."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the address of the page."""
        name, _, rest = self.words.partition(" ")
        plain, named = hugo_codes.words_of(rest)
        page, mark, place = (named.get("path") or "".join(plain[:1])).partition("#")
        address = context.site.link_of(page.lstrip("/")) if page else ""
        if address is None:
            context.miss("HT003", f"< {name} {rest} >")
        return buffer.write((address or "") + mark + place)


class ShortCode(Tag):
    """Reads every tag nobody knows."""

    name = TOKEN_ILLEGAL
    block = False
    node_class: type[Plain] = ShortCodeNode

    def parse(self, stream: TokenStream) -> Node:
        """Take its words as they are."""
        token, words = stream.current, ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            words = stream.peek.value
            next(stream)
        return self.node_class(token, words)


class Link(ShortCode):
    """Reads ``{% link … %}``."""

    name = "link"
    node_class = LinkNode


class HugoTag(ShortCode):
    """Reads a short code of Hugo's."""

    name = HUGO
    node_class = HugoNode


class ReferenceTag(ShortCode):
    """Reads a reference of Hugo's."""

    name = REFERENCE
    node_class = ReferenceNode


class PostUrl(Link):
    """Reads ``{% post_url … %}``."""

    name = "post_url"


TAGS: tuple[type[Tag], ...] = (
    content.Literal,
    Output,
    ShortCode,
    Link,
    PostUrl,
    HugoTag,
    ReferenceTag,
    For,
    TableRow,
    for_tag.BreakTag,
    for_tag.ContinueTag,
    if_tag.IfTag,
    unless_tag.UnlessTag,
    case_tag.CaseTag,
    capture_tag.CaptureTag,
    assign_tag.AssignTag,
    cycle_tag.CycleTag,
    increment_tag.IncrementTag,
    decrement_tag.DecrementTag,
    echo_tag.EchoTag,
    ifchanged_tag.IfChangedTag,
    inline_comment_tag.InlineCommentTag,
)
