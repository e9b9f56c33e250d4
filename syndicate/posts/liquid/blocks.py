"""The blocks that are open at a place of a body, and which marks may stand in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

BLOCKS = frozenset("if unless case for tablerow capture ifchanged".split())
BRANCHES = {
    "else": frozenset({"if", "unless", "case", "for"}),
    "elsif": frozenset({"if", "unless"}),
    "when": frozenset({"case"}),
}
"""What may stand between the marks of a block, and of which."""

DEEPEST = 25
"""Most blocks within blocks; python-liquid would give up beyond 30."""


@dataclass(slots=True)
class Block:
    """A block that is not closed yet."""

    name: str
    offset: int
    is_told: bool  # whether the engine knows of it
    has_else: bool = False


class Blocks:
    """Those that are open, from the outermost to the innermost."""

    def __init__(self) -> None:
        self._open: list[Block] = []
        self._names: Counter[str] = Counter()

    @property
    def is_told(self) -> bool:
        """Whether the engine is told what stands here."""
        return not self._open or self._open[-1].is_told

    @property
    def has_room(self) -> bool:
        """Whether it can be told of another block within these."""
        return len(self._open) < DEEPEST and self.is_told

    def open(self, block: Block) -> None:
        """Go into a block."""
        self._open.append(block)
        self._names[block.name] += 1

    def branch(self, name: str) -> bool:
        """Pass a mark between those of a block; tell whether the engine is told of it."""
        block = self._open[-1] if self._open else None
        if block is None or block.name not in BRANCHES[name] or block.has_else:
            return False
        block.has_else = name == "else"
        return block.is_told

    def close(self, name: str) -> Iterator[tuple[Block, bool]]:
        """
        Close the innermost block of a name, and what was left open in it.

        Returns:
            Each, the innermost first, with whether its end is missing. None: no block of
            that name is open.
        """
        if not self._names[name]:
            return
        while (block := self._pop()).name != name:
            yield block, True
        yield block, False

    def close_all(self) -> Iterator[tuple[Block, bool]]:
        """Close what is left open at the end, as ``close`` does."""
        while self._open:
            yield self._pop(), True

    def _pop(self) -> Block:
        block = self._open.pop()
        self._names[block.name] -= 1
        return block
