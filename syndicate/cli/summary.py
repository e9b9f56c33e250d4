"""
What ``check`` says in the end.

    43 files read: 41 posts, 2 errors, 1 warning
      FM006  2  the front matter is not closed
      DT004  1  a time without a zone: …
    not read, for their endings: .qmd (2), .textile (1)
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syndicate.cli.problems import as_result
from syndicate.errors import Gravity
from syndicate.words import say, texts_of
from syndicate.words.fill import PLACE

if TYPE_CHECKING:  # a build needs nothing of a check
    from syndicate.app import Checked


class Summary:
    """Counts what was found, by gravity and by code."""

    def __init__(self, checked: "Checked") -> None:
        self.checked = checked
        self.codes = Counter(problem.code for problem in checked.problems)
        self.errors = sum(p.gravity is Gravity.ERROR for p in checked.problems)
        self.warnings = len(checked.problems) - self.errors

    def lines(self) -> Iterator[str]:
        """Say it in a line, and a line more for each code, the most frequent first."""
        yield say(
            "{files:file|files} read: {posts:post|posts}, {errors:error|errors}, "
            "{warnings:warning|warnings}",
            files=self.checked.files,
            posts=self.checked.posts,
            errors=self.errors,
            warnings=self.warnings,
        )
        for code, count in self.codes.most_common():
            yield f"  {code}  {count:>5,}  {_about(code)}"
        if found := self.checked.strangers:
            shown = ", ".join(
                f"{ending} ({count:,})" for ending, count in found.items()
            )
            yield say("not read, for their endings: {endings}", endings=shown)

    def as_result(self) -> dict[str, Any]:
        """Give it for programs."""
        return {
            "files": self.checked.files,
            "posts": self.checked.posts,
            "errors": self.errors,
            "warnings": self.warnings,
            "codes": dict(self.codes),
            "unread": dict(self.checked.strangers),
            "problems": list(map(as_result, self.checked.problems)),
        }


def _about(code: str) -> str:
    """Say what a code means, an ellipsis where a word of each case would stand."""
    return PLACE.sub(
        lambda place: f"…{place['close'] or ''}{place['particle'] or ''}",
        texts_of(code)["message"],
    )
