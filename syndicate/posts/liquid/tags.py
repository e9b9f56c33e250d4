"""The tags: python-liquid's own that read no file, with bounds, and those of sites."""

from typing import Any, TextIO

from liquid import TokenStream
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

from syndicate.posts.liquid.budget import size_of
from syndicate.posts.liquid.short_code_tags import (
    HugoTag,
    Link,
    PostLink,
    PostPath,
    PostUrl,
    ReferenceTag,
    ShortCode,
)


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


TAGS: tuple[type[Tag], ...] = (
    content.Literal,
    Output,
    ShortCode,
    Link,
    PostLink,
    PostPath,
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
