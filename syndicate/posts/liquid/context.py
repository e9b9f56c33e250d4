"""What one body knows, what it has spent, and what of it stood for nothing."""

from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from typing import Any

from liquid import BoundTemplate, Node, RenderContext, Token
from liquid.exceptions import LiquidInterrupt

from syndicate.posts.liquid import Scope
from syndicate.posts.liquid.budget import MOST, NODE, SpentError, size_of
from syndicate.posts.liquid.outcome import Html, Outcome
from syndicate.posts.liquid.values import Missing, names_of, shown
from syndicate.posts.short_codes import ADDRESS, PICTURE, link

SILENT = frozenset({"default"})
"""Filters that are asked about what may not be there."""

MISSING = object()


class Context(RenderContext):
    """What one body knows and has spent."""

    def __init__(
        self, template: BoundTemplate, *, scope: Scope, outcome: Outcome
    ) -> None:
        super().__init__(template, globals=names_of(scope))
        self.site = scope
        self.outcome = outcome
        self.at = 0  # where the tag at hand begins
        self.left = MOST

    def rendered(self, node: Node) -> str:
        """Render a node of the body itself; nothing where it costs too much."""
        part = StringIO()
        try:
            node.render(self, part)
        except LiquidInterrupt:  # a break that is in no loop
            pass
        except SpentError:
            self.outcome.miss("HT007", "", node.token.start_index)
            # What has no tags costs nothing and stays.
            self.left = 0
            return node.token.value if node.token.kind == "content" else ""
        return part.getvalue()

    def spend(self, cost: int) -> None:
        """
        Pay.

        Raises:
            SpentError: There is nothing left.
        """
        self.left -= cost
        if self.left < 0:
            raise SpentError

    def miss(self, code: str, name: str) -> None:
        """Note that something in the tag at hand stands for nothing."""
        self.outcome.miss(code, name, self.at)

    def get(
        self,
        path: list[object],
        *,
        token: Token | None,
        default: object = None,  # noqa: ARG002 - python-liquid's signature
    ) -> object:
        """Look a name up; one that nobody knows keeps its whole name."""
        found = super().get(path, token=token, default=MISSING)
        return Missing(".".join(map(str, path))) if found is MISSING else found

    def assign(self, key: str, val: Any) -> None:
        """Keep a value: python-liquid would measure all of them again each time."""
        if isinstance(val, range):
            size_of(val)
            val = list(val)
        self.spend(size_of(val))
        self.locals[key] = val

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Give a filter that pays; for an unknown one, what leaves the value alone."""
        if name not in self.env.filters:
            self.miss("HT002", name)
            return partial(self._stand_in, name)
        return partial(self._paid, super().filter(name, token), name)

    def _paid(
        self,
        function: Callable[..., object],
        name: str,
        value: object,
        *words: object,
        **named: object,
    ) -> object:
        if name not in SILENT:
            self.known(value)
        given = [value, *words, *named.values()]
        self.spend(NODE + sum(map(size_of, given)))
        result = function(value, *words, **named)
        self.spend(size_of(result))
        return result

    def _stand_in(
        self, name: str, value: object, *words: object, **_: object
    ) -> object:
        if isinstance(value, str) and ADDRESS.fullmatch(value):
            # A film, say: what would have been made of it is not known.
            return Html(
                link(value, *(word for word in words[:1] if isinstance(word, str)))
            )
        # The name of a picture is not one.
        return "" if PICTURE.search(name) else value

    def known(self, value: object) -> None:
        """Note a name that nobody knows."""
        if isinstance(value, Missing):
            self.miss("HT003", value.name)

    def show(self, value: object, name: str = "") -> str:
        """Write a value, which the author asked for by a name, as text, HTML apart."""
        if isinstance(value, Html):
            return self.outcome.piece(value)
        if isinstance(value, Mapping):  # Missing is one
            self.miss("HT003", value.name if isinstance(value, Missing) else name)
            return ""
        self.spend(size_of(value))
        return shown(value)
