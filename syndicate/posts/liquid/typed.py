"""Text that stands for a number, true, false or nothing."""

from collections.abc import Mapping

from syndicate.posts.late import late

NUMBER = late(r"-?(?:0|[1-9][0-9]{0,14})(?:\.(?:[0-9]{0,5}[1-9]|0))?")
"""A number that is written down just as it was read: ``010`` and ``1.10`` are text."""


def typed(value: object) -> object:
    """
    Give front matter the types that conditions ask for.

    Text that is written as a number, true or false becomes one, nothing becomes nil.
    """
    if isinstance(value, Mapping):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [typed(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if value in {"true", "false"}:
        return value == "true"
    if NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value or None
