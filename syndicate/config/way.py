"""The way to a key, as people say it: ``token in the 2nd [[channels]] table (desk)``."""

from collections.abc import Mapping
from typing import Any

from syndicate.config.place import Way
from syndicate.words import Said, Word

ORDINALS = {1: "{number}st", 2: "{number}nd", 3: "{number}rd"}
TEENS = range(11, 14)


def told_way(where: Way, tables: Mapping[str, Any]) -> Word:
    """
    Say where a key stands.

    Args:
        where: The way to it; tables of a list count from 0.
        tables: The file, for the names of its tables.
    """
    at = next((n for n, part in enumerate(where) if isinstance(part, int)), None)
    if at is None:
        return ".".join(map(str, where))
    index = where[at]
    assert isinstance(index, int)
    found = _follow(tables, where[: at + 1])
    table = ".".join(map(str, where[:at]))
    words: dict[str, Word] = {"table": table, "nth": nth(index + 1)}
    if not isinstance(found, dict):
        return Said("the {nth} value of {table}", words)
    name = found.get("name")
    named = Said("the {nth} [[{table}]] table", words)
    if isinstance(name, str):
        named = Said("the {nth} [[{table}]] table ({name})", words | {"name": name})
    key = ".".join(str(part) for part in where[at + 1 :] if isinstance(part, str))
    return Said("{key} in {table}", {"key": key, "table": named}) if key else named


def nth(number: int) -> Said:
    """Say ``1st``, ``2nd``, ``11th``, ``23rd``."""
    is_teen = number % 100 in TEENS
    form = "{number}th" if is_teen else ORDINALS.get(number % 10, "{number}th")
    return Said(form, {"number": number})


def _follow(tables: object, where: Way) -> object:
    for part in where:
        if isinstance(tables, dict):
            tables = tables.get(part)
        elif isinstance(tables, list) and isinstance(part, int):
            tables = tables[part]
        else:
            return None
    return tables
