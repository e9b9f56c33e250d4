"""
YAML in which every scalar stays the author's text.

YAML 1.1 makes ``no`` false, ``010`` eight and ``12:30:45`` a number of seconds; a title
must survive that. libyaml's events are put together here, without a stack of our own to
exhaust: 30,000 nested brackets kill a process that composes them.
"""

from typing import TYPE_CHECKING

from syndicate.posts.problems import Fault
from syndicate.words import Said, Word

if TYPE_CHECKING:
    import yaml

DEEPEST = 20
"""Most levels of lists and mappings."""

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
        Fault: It is not YAML, or uses aliases, tags or depths that a post has no need
            of. Lines count from the first of ``text``.
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
    # A mapping is gathered as a list of keys and values in turn until it ends.
    stack: list[list[Tree]] = [[]]
    events = yaml.CBaseLoader(text)
    while event := events.get_event():
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                _refuse_marks(event)
            stack[-1].append(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > DEEPEST:
                raise _fault(event.start_mark, "FM016", limit=str(DEEPEST))
            stack.append([])
        elif isinstance(event, yaml.MappingEndEvent):
            pairs = stack.pop()
            stack[-1].append(_mapping(pairs, event, doubled))
        elif isinstance(event, yaml.SequenceEndEvent):
            items = stack.pop()
            stack[-1].append(items)
        elif isinstance(event, yaml.AliasEvent):
            raise _fault(event.start_mark, "FM015", name=str(event.anchor))
    return (stack[0][0] if stack[0] else {}), doubled


def _mapping(
    pairs: list[Tree], event: "yaml.Event", doubled: list[str]
) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(key, str):
            raise _fault(event.start_mark, "FM017")
        if key in found and key not in doubled:
            doubled.append(key)
        found[key] = value
    return found


def _refuse_marks(event: "yaml.ScalarEvent") -> None:
    """Refuse an anchor or a tag of one's own: most are text that begins with a sign."""
    if event.anchor is not None:
        raise _fault(event.start_mark, "FM015", name=event.anchor)
    # ``! 'text'`` is text: so Ruby wrote it for years, and importers of blogs with it.
    is_text = event.tag == "!" and event.style in {"'", '"'}
    if not is_text and not str(event.tag).startswith(STANDARD):
        reason = Said("a value that begins with an exclamation mark")
        raise _fault(event.start_mark, "FM011", reason=reason)


def _fault(mark: object, code: str, **words: Word) -> Fault:
    """Place a fault at a mark of libyaml, which counts from 0."""
    line, col = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return Fault(code, line=line + 1, col=col + 1, **words)
