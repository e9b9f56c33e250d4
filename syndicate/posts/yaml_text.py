"""
YAML in which every scalar stays the author's text.

YAML 1.1 makes ``no`` false, ``010`` eight and ``12:30:45`` a number of seconds; a title
must survive that. libyaml's events are put together here, without a stack of our own to
exhaust: 30,000 nested brackets kill a process that composes them.
"""

from binascii import a2b_base64
from contextlib import suppress
from typing import TYPE_CHECKING

from syndicate.posts.problems import Fault
from syndicate.words import Said, Word

if TYPE_CHECKING:
    import yaml

DEEPEST = 20
"""Most levels of lists and mappings."""

Tree = str | list["Tree"] | dict[str, "Tree"]
"""Text, and lists and mappings of it."""

MERGED = "<<"
"""A key whose mappings are taken into the one it stands in. Source: yaml.org/type/merge"""

STANDARD = "tag:yaml.org,2002:"
BINARY = frozenset({"!binary", f"{STANDARD}binary"})
"""How Ruby of old wrote text beyond ASCII, and with it many an importer of blogs."""

REASONS = {
    "mapping values are not allowed in this context": "a colon where none can stand",
    "could not find expected ':'": "a line without a colon",
    "did not find expected key": "something stands where a key should",
    "found character that cannot start any token": "a sign that cannot begin a value",
    "found unexpected end of stream": "a quote that is not closed",
    "did not find expected <document start>": "text after the end",
}
"""libyaml's words, and ours. What is not here is shown in libyaml's."""


def parse(text: str) -> tuple[Tree, list[str]]:
    """
    Read one YAML document.

    Returns:
        Its tree, an empty mapping where there is nothing but comments; and the keys
        that are written twice in one mapping, of which the last value counts.

    Raises:
        Fault: It is not YAML, or uses aliases to excess, or tags or depths that a post
            has no need of. Lines count from the first of ``text``.
    """
    import yaml  # noqa: PLC0415 - 15 ms that a folder of plain posts does not owe

    try:
        return _build(text)
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem)
        reason = REASONS.get(problem, problem)
        raise fault_at(error.problem_mark, "FM011", reason=Said(reason)) from None


def _build(text: str) -> tuple[Tree, list[str]]:
    import yaml  # noqa: PLC0415 - likewise

    from syndicate.posts.yaml_anchors import Anchors  # noqa: PLC0415 - likewise

    doubled: list[str] = []
    anchors = Anchors()
    # A mapping is gathered as a list of keys and values in turn until it ends.
    stack: list[list[Tree]] = [[]]
    opened: list[yaml.CollectionStartEvent] = []
    events = yaml.CBaseLoader(text)
    while event := events.get_event():
        if isinstance(event, yaml.ScalarEvent):
            value = event.value if event.tag is None else _tagged(event)
            if event.anchor is not None:
                doubt = not opened or _is_value(opened[-1], stack[-1])
                anchors.add(event.anchor, value, event, doubt=doubt)
            stack[-1].append(value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > DEEPEST:
                raise fault_at(event.start_mark, "FM016", limit=str(DEEPEST))
            stack.append([])
            opened.append(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            items = stack.pop()
            is_mapping = isinstance(event, yaml.MappingEndEvent)
            tree = _mapping(items, event, doubled) if is_mapping else items
            stack[-1].append(tree)
            begun = opened.pop()
            if begun.anchor is not None:
                anchors.add(begun.anchor, tree, begun, doubt=False)
        elif isinstance(event, yaml.AliasEvent):
            stack[-1].append(anchors.tree_of(event, depth=len(stack)))
    anchors.refuse_unused()
    return (stack[0][0] if stack[0] else {}), doubled


def _is_value(within: "yaml.CollectionStartEvent", so_far: list[Tree]) -> bool:
    """Whether what comes next stands on a line by itself: no key, and in no brackets."""
    import yaml  # noqa: PLC0415 - likewise

    is_key = isinstance(within, yaml.MappingStartEvent) and len(so_far) % 2 == 0
    return not is_key and not within.flow_style


def _mapping(
    pairs: list[Tree], event: "yaml.Event", doubled: list[str]
) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    merged: dict[str, Tree] = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(key, str):
            raise fault_at(event.start_mark, "FM017")
        if key == MERGED and (others := _mappings(value)):
            for other in others:
                merged = other | merged
            continue
        if key in found and key not in doubled:
            doubled.append(key)
        found[key] = value
    return merged | found if merged else found


def _mappings(value: Tree) -> list[dict[str, Tree]]:
    """Give a mapping, or those of a list of nothing else; of anything else none."""
    each = value if isinstance(value, list) else [value]
    found = [other for other in each if isinstance(other, dict)]
    return found if len(found) == len(each) else []


def _tagged(event: "yaml.ScalarEvent") -> str:
    """
    Give the text of what carries a tag.

    Ruby wrote ``! 'text'`` for years, and importers of blogs with it. Without quotes, a
    tag of one's own is text that begins with a sign: ``title: !주의``.
    """
    if event.tag in BINARY:
        with suppress(ValueError):  # of the bytes, or of the text they are not
            return a2b_base64(event.value).decode()
    if not event.style and not str(event.tag).startswith(STANDARD):
        reason = Said("a value that begins with an exclamation mark")
        raise fault_at(event.start_mark, "FM011", reason=reason)
    return str(event.value)


def fault_at(mark: object, code: str, **words: Word) -> Fault:
    """Place a fault at a mark of libyaml, which counts from 0."""
    line, col = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return Fault(code, line=line + 1, col=col + 1, **words)
