"""
Regular expressions that most sites never need, compiled when a post first does.

A hundred of them are a twelfth of what a build of one post takes. What nearly every post
is searched with is compiled by ``re.compile``, where it is written, as ever.
"""

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    import regex


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """
    Give a pattern that is compiled when it is first used.

    It does what a compiled one does. Only ``isinstance`` would tell them apart, and a slip
    in it is found when it is first used: a test uses every one.
    """
    return cast("re.Pattern[AnyStr]", Late(pattern, flags))


def late_regex(pattern: AnyStr) -> "regex.Pattern[AnyStr]":
    """
    Give one of the library ``regex``: whole graphemes, letters of any script.

    And groups that give nothing back, which ``re`` gets wrong before Python 3.11.5.
    """
    return cast("regex.Pattern[AnyStr]", Late(pattern, 0, library="regex"))


class Late:
    """Stands for a compiled pattern. Threads may share it, as they may that."""

    def __init__(self, pattern: Any, flags: int, *, library: str = "re") -> None:
        self._written = pattern, flags  # text, or bytes
        self._library = library

    def __getattr__(self, name: str) -> Any:
        """Compile it for a method nobody has used yet, and keep that at hand."""
        found = getattr(import_module(self._library).compile(*self._written), name)
        setattr(self, name, found)
        return found
