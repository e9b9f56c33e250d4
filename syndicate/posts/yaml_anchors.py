"""
Anchors and aliases of YAML: ``name: &a 강진`` and ``title: *a``.

An alias stands for what its anchor names, as long as all of them together say no more
than front matter may. An anchor that nothing names is text: ``title: &TEAM 컴백``.
"""

from typing import TYPE_CHECKING

from syndicate.posts.yaml_text import DEEPEST, Tree, fault_at

if TYPE_CHECKING:
    import yaml

MOST_COPIED = 1 << 16
"""Most characters and values that the aliases of one text stand for."""


class Anchors:
    """What was given a name in a text, and how much the aliases so far stand for."""

    def __init__(self) -> None:
        self._trees: dict[str, Tree] = {}
        self._doubted: dict[str, yaml.Event] = {}  # those that no alias named yet
        self._copied = 0

    def add(self, name: str, tree: Tree, event: "yaml.Event", *, doubt: bool) -> None:
        """
        Keep what has a name.

        Args:
            name: The anchor.
            tree: What it names.
            event: Where that begins.
            doubt: Whether it may have been meant as text.
        """
        self._trees[name] = tree
        if doubt:
            self._doubted[name] = event

    def tree_of(self, event: "yaml.AliasEvent", *, depth: int) -> Tree:
        """
        Give what an alias stands for.

        Raises:
            Fault: Nothing of that name has ended yet, or it is too much, or too deep.
        """
        name = str(event.anchor)
        tree = self._trees.get(name)
        if tree is None:
            raise fault_at(event.start_mark, "FM015", name=name)
        self._doubted.pop(name, None)
        waiting = [(tree, depth)]
        while waiting:
            inner, level = waiting.pop()
            self._copied += len(inner) + 1
            if self._copied > MOST_COPIED:
                raise fault_at(event.start_mark, "FM015", name=name)
            if isinstance(inner, str):
                continue
            if level > DEEPEST:
                raise fault_at(event.start_mark, "FM016", limit=str(DEEPEST))
            below = inner.values() if isinstance(inner, dict) else inner
            waiting += [(each, level + 1) for each in below]
        return tree

    def refuse_unused(self) -> None:
        """Refuse what looks like an anchor and is none: nothing asks for it."""
        for name, event in self._doubted.items():
            raise fault_at(event.start_mark, "FM015", name=name)
