"""
What is wrong with a key, told so that it can be mended, without telling a secret.

    Fault      where, what, how to mend it
    explain    a fault from what pydantic found
    report     a ``Problem`` with its place in the file
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from syndicate.config.place import HEADER, KEY, Way, keys, place_of
from syndicate.config.way import told_way
from syndicate.errors import Problem
from syndicate.words import Said, SaidError, Word

HELP = Said("see docs/reference/config.md")
PRIVATE_TABLES = ("channels", "store")
HARMLESS = ("name", "kind", "template")

ADDRESS = "write a full address, such as https://news.example"
WORDS = {
    "string_type": "write text, in quotes",
    "string_too_short": "it may not be empty",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "path_type": "write a path, in quotes",
    "tuple_type": "write a list, in square brackets",
    "list_type": "write a list, in square brackets",
    "model_type": "write a table",
    "dict_type": "write a table",
    "too_short": "write at least one",
    "url_type": ADDRESS,
    "url_parsing": ADDRESS,
    "url_scheme": ADDRESS,
}
"""What pydantic's kinds of error mean in a TOML file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with one key."""

    where: Way
    reason: Word
    code: str = "CF002"
    hint: Word = HELP
    private: bool = False  # its value may be a secret: the line is not shown


def explain(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    """Put what pydantic found wrong with a ``model`` into a newsroom's words."""
    where = detail["loc"]
    match detail["type"]:
        case "missing":
            hint = Said("this key has no default: write it")
            return Fault(where=where, code="CF004", reason=Said("missing"), hint=hint)
        case "extra_forbidden":
            hint = near(str(where[-1]), known_keys(model, where[:-1]))
            reason = Said("unknown key")
            return Fault(
                where=where, code="CF003", reason=reason, hint=hint, private=True
            )
        case _:
            return Fault(where=where, reason=_reason(detail))


def _reason(detail: ErrorDetails) -> Said:
    """Say what a value should be."""
    match detail:
        case {"ctx": {"error": SaidError(said=said)}}:
            return said
        case {"ctx": {"expected": str(expected)}}:
            return Said(
                "write one of {names}", {"names": expected.replace(" or ", ", ")}
            )
        case {"ctx": {"pattern": str(pattern)}}:
            return Said("write it in the form {pattern}", {"pattern": pattern})
        case {"ctx": {"ge": int(least)}}:
            return Said("write {least} or more", {"least": least})
        case {"ctx": {"le": int(most)}}:
            return Said("write {most} or less", {"most": most})
    message = detail["msg"].removeprefix("Value error, ")
    return Said(WORDS.get(detail["type"], message[:1].lower() + message[1:]))


def known_keys(model: type[BaseModel], where: Sequence[str | int]) -> list[str]:
    """List the keys that the table at the end of a way from ``model`` may have."""
    way = (part for part in where if isinstance(part, str))
    for part in way:
        inner = model.model_fields[part].annotation
        if get_origin(inner) is dict:
            next(way)  # a name of the operator's choice
        model = next(t for t in (inner, *get_args(inner)) if _is_table(t))
    return list(model.model_fields)


def _is_table(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def near(word: str, known: Sequence[str]) -> Said:
    """Give a hint: the known word that is most like ``word``, else all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 - for what is wrong alone

    if close := get_close_matches(word, known, n=1):
        return Said("did you mean {name}?", {"name": close[0]})
    if known:
        return Said("known here: {names}", {"names": ", ".join(dict.fromkeys(known))})
    return Said("take it out")


def report(path: Path, text: str, fault: Fault) -> Problem:
    """Find the place of a fault in a TOML file and show the line it is on."""
    line, col = place_of(text, fault.where)
    return Problem(
        code=fault.code,
        words={
            "where": told_way(fault.where, tomllib.loads(text)),
            "reason": fault.reason,
            "hint": fault.hint,
        },
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


def report_syntax(path: Path, text: str, *, line: int, col: int, why: Said) -> Problem:
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
