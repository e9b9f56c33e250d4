"""
YAML in which every scalar stays the author's text.

YAML 1.1 makes ``no`` false, ``010`` eight and ``12:30:45`` a number of seconds; a title
must survive that. libyaml's events are put together here, without a stack of our own to
exhaust: 30,000 nested brackets kill a process that composes them.

An alias stands for what its anchor names, as long as all of them together say no more
than front matter may. An anchor that nothing names is text: ``title: &TEAM 컴백``.
"""

from typing import TYPE_CHECKING

from syndicate.posts.problems import Fault
from syndicate.words import Said, Word

if TYPE_CHECKING:
    import yaml

DEEPEST = 20
"""Most levels of lists and mappings."""

MOST_COPIED = 1 << 16
"""Most characters and values that the aliases of one text stand for."""

MERGED = "<<"
"""A key whose mappings are taken into the one it stands in. Source: yaml.org/type/merge"""

Tree = str | list["Tree"] | dict[str, "Tree"]
"""Text, and lists and mappings of it."""

STANDARD = "tag:yaml.org,2002:"

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
        raise _fault(error.problem_mark, "FM011", reason=Said(reason)) from None


def _build(text: str) -> tuple[Tree, list[str]]:
    import yaml  # noqa: PLC0415 - likewise

    doubled: list[str] = []
    anchors = Anchors()
    # A mapping is gathered as a list of keys and values in turn until it ends.
    stack: list[list[Tree]] = [[]]
    named: list[str | None] = []  # the anchors of those that are open
    events = yaml.CBaseLoader(text)
    while event := events.get_event():
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                _refuse_tag(event)
            if event.anchor is not None:
                anchors.add_text(event.anchor, event)
            stack[-1].append(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > DEEPEST:
                raise _fault(event.start_mark, "FM016", limit=str(DEEPEST))
            stack.append([])
            named.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            items = stack.pop()
            is_mapping = isinstance(event, yaml.MappingEndEvent)
            tree = _mapping(items, event, doubled) if is_mapping else items
            stack[-1].append(tree)
            if name := named.pop():
                anchors.trees[name] = tree
        elif isinstance(event, yaml.AliasEvent):
            stack[-1].append(anchors.tree_of(event, depth=len(stack)))
    anchors.refuse_unused()
    return (stack[0][0] if stack[0] else {}), doubled


class Anchors:
    """What was given a name in a text, and how much the aliases so far stand for."""

    def __init__(self) -> None:
        self.trees: dict[str, Tree] = {}
        self._unused: dict[str, yaml.Event] = {}  # texts that no alias named yet
        self._copied = 0

    def add_text(self, name: str, event: "yaml.ScalarEvent") -> None:
        """Keep a text by its name."""
        self.trees[name] = event.value
        self._unused[name] = event

    def tree_of(self, event: "yaml.AliasEvent", *, depth: int) -> Tree:
        """
        Give what an alias stands for.

        Raises:
            Fault: Nothing of that name has ended yet, or it is too much, or too deep.
        """
        name = str(event.anchor)
        tree = self.trees.get(name)
        if tree is None:
            raise _fault(event.start_mark, "FM015", name=name)
        self._unused.pop(name, None)
        waiting = [(tree, depth)]
        while waiting:
            inner, level = waiting.pop()
            self._copied += len(inner) + 1
            if self._copied > MOST_COPIED:
                raise _fault(event.start_mark, "FM015", name=name)
            if isinstance(inner, str):
                continue
            if level > DEEPEST:
                raise _fault(event.start_mark, "FM016", limit=str(DEEPEST))
            below = inner.values() if isinstance(inner, dict) else inner
            waiting += [(each, level + 1) for each in below]
        return tree

    def refuse_unused(self) -> None:
        """Refuse what looks like an anchor and is none: nothing asks for it."""
        for name, event in self._unused.items():
            raise _fault(event.start_mark, "FM015", name=name)


def _mapping(
    pairs: list[Tree], event: "yaml.Event", doubled: list[str]
) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    merged: dict[str, Tree] = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(key, str):
            raise _fault(event.start_mark, "FM017")
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


def _refuse_tag(event: "yaml.ScalarEvent") -> None:
    """Refuse a tag of one's own: most are text that begins with a sign."""
    # ``! 'text'`` is text: so Ruby wrote it for years, and importers of blogs with it.
    is_text = event.tag == "!" and event.style in {"'", '"'}
    if not is_text and not str(event.tag).startswith(STANDARD):
        reason = Said("a value that begins with an exclamation mark")
        raise _fault(event.start_mark, "FM011", reason=reason)


def _fault(mark: object, code: str, **words: Word) -> Fault:
    """Place a fault at a mark of libyaml, which counts from 0."""
    line, col = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return Fault(code, line=line + 1, col=col + 1, **words)
