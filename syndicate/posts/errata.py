"""The notes that stand above a post that was put right."""

from collections.abc import Sequence
from html import escape

from syndicate.model import Erratum


def noted(errata: Sequence[Erratum]) -> str:
    """Give what was put right in a post as HTML: a paragraph each, the newest first."""
    lines = (" ".join(each.text.split()) for each in reversed(errata))
    return "".join(
        f"<p><strong>{escape(line, quote=False)}</strong></p>\n" for line in lines
    )
