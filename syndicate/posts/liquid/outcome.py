"""What comes of a body besides its text: HTML kept apart, and what stood for nothing."""

from dataclasses import dataclass, field

from syndicate.posts.liquid import Unknown


class Html(str):
    """Text that is HTML already: it is kept apart from Markdown."""

    __slots__ = ()


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Collects it."""

    pieces: list[str] = field(default_factory=list)
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)

    def piece(self, html: str) -> str:
        """Put HTML aside; give the mark that stands for it."""
        self.pieces.append(html)
        return f"\ufdd2{len(self.pieces) - 1}\ufdd3"

    def miss(self, code: str, name: str, offset: int) -> None:
        """Note what stands for nothing, the first of its kind."""
        known = self.unknown.get((code, name))
        if known is None or offset < known.offset:
            miss = Unknown(code=code, name=name, offset=offset)
            self.unknown[(code, name)] = miss

    def in_order(self) -> tuple[Unknown, ...]:
        """List what was noted as it stands in the body."""
        return tuple(sorted(self.unknown.values(), key=lambda miss: miss.offset))
