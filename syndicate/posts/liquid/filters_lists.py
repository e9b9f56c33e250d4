"""
Filters that work on lists.

Source: jekyllrb.com/docs/liquid/filters
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from liquid import TokenStream
from liquid.builtin.expressions import BooleanExpression, tokenize
from liquid.builtin.expressions.filtered import FilteredExpression
from liquid.builtin.expressions.logical import is_truthy
from liquid.exceptions import FilterArgumentError
from liquid.expression import Expression
from liquid.filter import sequence_filter, with_context
from liquid.token import TOKEN_EXPRESSION, Token

from syndicate.posts.liquid.budget import LARGEST, NODE, SpentError
from syndicate.posts.liquid.values import shown

Items = list[Any]


@sequence_filter
def join(items: Items, mark: object = " ") -> str:
    """Join, measured before it is done."""
    parts = [shown(item) for item in items]
    glue = shown(mark)
    if sum(map(len, parts)) + len(glue) * len(parts) > LARGEST:
        raise SpentError
    return glue.join(parts)


@sequence_filter
def array_to_sentence_string(items: Items, connector: str = "and") -> str:
    """Write ``a, b, and c``."""
    parts = [shown(item) for item in items]
    match len(parts):
        case 0 | 1 | 2:
            return f" {connector} ".join(parts)
        case _:
            return f"{', '.join(parts[:-1])}, {connector} {parts[-1]}"


@sequence_filter
def uniq(items: Items, key: object = None) -> Items:
    """Keep the first of each kind, without comparing all with all."""
    found: dict[str, Any] = {}
    for item in items:
        found.setdefault(_mark(item if key is None else value_of(item, key)), item)
    return list(found.values())


@sequence_filter
def sort(items: Items, key: object = None, nils: str = "first") -> Items:
    """Sort by the items or one of their keys; those without it come first, or last."""

    def of(item: Any) -> Any:
        return item if key is None else value_of(item, key)

    without = [item for item in items if of(item) is None]
    others = sorted((item for item in items if of(item) is not None), key=of)
    return others + without if nils == "last" else without + others


@sequence_filter
def where(items: Items, key: object, wanted: object = None) -> Items:
    """Keep the items that have a value; one of a list counts, as in Jekyll."""
    return [item for item in items if _has(item, key, wanted)]


@sequence_filter
def find(items: Items, key: object, wanted: object = None) -> object:
    """Give the first item that has a value."""
    return next((item for item in items if _has(item, key, wanted)), None)


@with_context
@sequence_filter
def where_exp(items: Items, name: str, text: str, *, context: Any) -> Items:
    """Keep the items for which an expression holds."""
    return list(_holding(items, name, text, context=context))


@with_context
@sequence_filter
def find_exp(items: Items, name: str, text: str, *, context: Any) -> object:
    """Give the first item for which an expression holds."""
    return next(_holding(items, name, text, context=context), None)


@sequence_filter
def group_by(items: Items, key: object) -> Items:
    """Gather items by what they have: ``name``, ``items`` and ``size`` of each group."""
    return _groups((shown(value_of(item, key)), item) for item in items)


@with_context
@sequence_filter
def group_by_exp(items: Items, name: str, text: str, *, context: Any) -> Items:
    """Gather items by what an expression gives."""
    tokens = TokenStream(_tokens(text))
    expression = FilteredExpression.parse(context.env, tokens)
    return _groups(
        (shown(_evaluated(expression, name, item, context=context)), item)
        for item in items
    )


@sequence_filter
def push(items: Items, item: object) -> Items:
    """Put an item at the end."""
    return [*items, item]


@sequence_filter
def unshift(items: Items, item: object) -> Items:
    """Put an item at the beginning."""
    return [item, *items]


@sequence_filter
def pop(items: Items, count: int = 1) -> Items:
    """Take items from the end."""
    return items[: max(len(items) - count, 0)]


@sequence_filter
def shift(items: Items, count: int = 1) -> Items:
    """Take items from the beginning."""
    return items[max(count, 0) :]


def value_of(item: Any, key: object) -> Any:
    """Give what an item has by a key, which may lead inwards: ``author.name``."""
    for part in str(key).split("."):
        item = item.get(part) if isinstance(item, Mapping) else None
    return item


def _has(item: Any, key: object, wanted: object) -> bool:
    value = value_of(item, key)
    if wanted is None:
        return value not in (None, False)
    values = value if isinstance(value, list) else [value]
    return any(each is not None and shown(each) == shown(wanted) for each in values)


def _holding(items: Items, name: str, text: str, *, context: Any) -> Iterator[Any]:
    expression = BooleanExpression.parse(context.env, TokenStream(_tokens(text)))
    for item in items:
        if is_truthy(_evaluated(expression, name, item, context=context)):
            yield item


def _tokens(text: object) -> Iterator[Token]:
    if not isinstance(text, str) or ".." in text or text.count("[") > 1:
        raise FilterArgumentError("not an expression", token=None)
    return tokenize(text, Token(TOKEN_EXPRESSION, text, 0, ""))


def _evaluated(
    expression: Expression, name: str, item: object, *, context: Any
) -> object:
    context.spend(NODE)
    with context.extend({str(name): item}):
        return expression.evaluate(context)


def _groups(pairs: Iterator[tuple[str, Any]]) -> Items:
    found: dict[str, Items] = {}
    for name, item in pairs:
        found.setdefault(name, []).append(item)
    return [
        {"name": name, "items": items, "size": len(items)}
        for name, items in found.items()
    ]


def _mark(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, default=str)
