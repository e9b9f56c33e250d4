"""
What is wrong with a key, told so that it can be mended, without telling a secret.

    Fault      where, what, how to mend it
    explain    a fault from what pydantic found
    report     a ``Problem`` with its place in the file
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from syndicate.config.place import HEADER, KEY, Way, keys, place_of
from syndicate.errors import Problem

HELP = "see docs/reference/config.md"
PRIVATE_TABLES = ("channels", "store")
HARMLESS = ("name", "kind", "template")

WORDS = {
    "string_type": "write text, in quotes",
    "int_type": "write a whole number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "path_type": "write a path, in quotes",
    "tuple_type": "write a list, in square brackets",
    "list_type": "write a list, in square brackets",
    "model_type": "write a table",
    "dict_type": "write a table",
    "too_short": "write at least one",
}
"""What pydantic's kinds of error mean in a TOML file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with one key."""

    where: Way
    message: str
    hint: str = HELP
    private: bool = False  # its value may be a secret: the line is not shown


def explain(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    """Put what pydantic found wrong with a ``model`` into a newsroom's words."""
    where = detail["loc"]
    match detail["type"]:
        case "missing":
            return Fault(
                where=where,
                message="missing",
                hint="this key has no default: write it",
            )
        case "extra_forbidden":
            hint = near(str(where[-1]), known_keys(model, where[:-1]))
            return Fault(where=where, message="unknown key", hint=hint, private=True)
        case "enum" | "literal_error":
            return Fault(where=where, message=f"write {detail['ctx']['expected']}")
        case name:
            message = detail["msg"].removeprefix("Value error, ")
            message = message[:1].lower() + message[1:]
            return Fault(where=where, message=WORDS.get(name, message))


def known_keys(model: type[BaseModel], where: Sequence[str | int]) -> list[str]:
    """List the keys that the table at the end of a way from ``model`` may have."""
    for part in where:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = field.annotation if field else None
        model = next(t for t in (inner, *get_args(inner)) if _is_table(t))
    return list(model.model_fields)


def _is_table(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def near(word: str, known: Sequence[str]) -> str:
    """Give a hint: the known word that is most like ``word``, else all of them."""
    if close := get_close_matches(word, known, n=1):
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(known)}" if known else "take it out"


def report(path: Path, text: str, fault: Fault) -> Problem:
    """Find the place of a fault in the file and show the line it is on."""
    line, col = place_of(text, fault.where)
    name = ".".join(str(part) for part in fault.where)
    return Problem(
        code="CF002",
        words={"key": name, "reason": fault.message, "hint": fault.hint},
        file=str(path),
        line=line,
        col=col,
        source=_shown(text.splitlines()[line - 1 : line], fault),
    )


def _shown(lines: Sequence[str], fault: Fault) -> str:
    """Give the line, without its value where that could be, or hold, a secret."""
    key = KEY.match(lines[0]) if lines else None
    if not key:
        return lines[0] if lines and HEADER.match(lines[0]) else ""
    is_own = key[2].split(".")[-1].strip() == fault.where[-1]
    is_safe = is_own and fault.where[0] != "store" and not fault.private
    if fault.where[0] in PRIVATE_TABLES and not is_safe:
        return f"{key[0]} …"
    return _without_login(lines[0])


def report_syntax(path: Path, text: str, *, line: int, col: int, why: str) -> Problem:
    """Report a place where the file is not TOML."""
    return Problem(
        code="CF001",
        words={"reason": why},
        file=str(path),
        line=line,
        col=col,
        source=_harmless(text, line),
    )


def _harmless(text: str, line: int) -> str:
    """Give a line of a file that is not TOML, unless it may be part of a secret."""
    shown = "".join(text.splitlines()[line - 1 : line])
    ways = [way for number, _, way in keys(text) if number <= line]
    key = KEY.match(shown)
    is_private = not ways or ways[-1][0] in PRIVATE_TABLES
    if is_private and not HEADER.match(shown) and not (key and key[2] in HARMLESS):
        return ""
    return _without_login(shown)


def _without_login(line: str) -> str:
    """Hide the password in an address."""
    return re.sub(r"(://[^:/@\s]*:)\S+@", r"\1…@", line)
