"""Reads ``config.toml`` and lists every fault at once."""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from syndicate.config.channels import Kinds, Surroundings, Template, read_channels
from syndicate.config.faults import (
    Fault,
    explain,
    near,
    report,
    report_syntax,
)
from syndicate.config.place import Way
from syndicate.config.regular import read_regular
from syndicate.config.sections import Config
from syndicate.errors import ConfigError, Problem
from syndicate.words import Said

DEEPEST = 1000
"""Most dots of a key."""


def load_config(
    path: Path,
    kinds: Kinds,
    environ: Mapping[str, str] = os.environ,
    *,
    template: Template = str,
) -> Config:
    """
    Read and check a configuration file.

    Args:
        path: A TOML 1.0 file.
        kinds: Gives the section of a channel kind.
        environ: Where secrets may come from.
        template: Checks the template of a channel.

    Raises:
        ConfigError: The file is missing, is not TOML, or breaks a rule. All broken
            rules are reported together, each with its place, in the file's order.
    """
    text = _read(path)
    tables = {"site": {}} | _parse(path, text)
    around = Surroundings(
        kinds=kinds, template=template, folder=path.resolve().parent, environ=environ
    )
    channels, faults = read_channels(tables.get("channels", []), around)
    faults += _strangers(channels, _rules(tables))
    try:
        config = Config.model_validate(tables | {"channels": channels})
    except ValidationError as error:
        faults += [explain(detail, Config) for detail in error.errors()]
    if faults:
        problems = [report(path, text, fault) for fault in faults]
        raise ConfigError(*sorted(problems, key=lambda p: (p.line, p.col)))
    config._path = path  # noqa: SLF001 - pydantic's way to keep what is not a key
    return config


def _read(path: Path) -> str:
    try:
        return read_regular(path)
    except FileNotFoundError:
        why, hint = Said("no such file"), Said("`syndicate init` writes one")
    except UnicodeDecodeError:
        why, hint = Said("not UTF-8"), Said("save it as UTF-8")
    except (OSError, ValueError) as error:
        why = Said(getattr(error, "strerror", None) or str(error))
        hint = Said("give the path of a file syndicate may read with -c")
    raise ConfigError(
        Problem(code="CF000", words={"reason": why, "hint": hint}, file=str(path))
    )


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        _refuse_depth(text)
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, col = (int(found[1]), int(found[2])) if found else _end(text)
        found_there = str(error).split(" (at ")[0]
        why = Said(found_there[:1].lower() + found_there[1:])
    except (ValueError, RecursionError):
        # Python's own limits: tables a thousand deep, numbers of thousands of digits.
        line, col = 1, 1
        why = Said("nested too deep, or a number too long")
    raise ConfigError(report_syntax(path, text, line=line, col=col, why=why))


def _refuse_depth(text: str) -> None:
    """
    Refuse a key within a thousand others: Python takes n² steps for n of them.

    Raises:
        RecursionError: There is one.
    """
    if max(line.partition("=")[0].count(".") for line in text.split("\n")) > DEEPEST:
        raise RecursionError


def _end(text: str) -> tuple[int, int]:
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1


def _rules(tables: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the rules that are tables; ``Config`` says what is wrong with the others."""
    alerts = tables.get("alerts")
    rules = alerts.get("rules") if isinstance(alerts, dict) else None
    rules = rules if isinstance(rules, list) else []
    return [rule if isinstance(rule, dict) else {} for rule in rules]


def _strangers(
    channels: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]]
) -> list[Fault]:
    """Find names used twice, and rules that name a channel nobody configured."""
    names = [n for channel in channels if isinstance(n := channel.get("name"), str)]
    return [
        *_twice(("channels",), channels),
        *_twice(("alerts", "rules"), rules),
        *(
            Fault(
                where=("alerts", "rules", index, "to"),
                code="CF006",
                reason=Said("no channel is called {name}", {"name": name}),
                hint=near(name, names),
            )
            for index, rule in enumerate(rules)
            for name in _texts(rule.get("to"))
            if name not in names
        ),
    ]


def _texts(written: object) -> list[str]:
    parts = written if isinstance(written, list) else []
    return [part for part in parts if isinstance(part, str)]


def _twice(where: tuple[str, ...], tables: Sequence[Mapping[str, Any]]) -> list[Fault]:
    seen: Counter[str] = Counter()
    faults = []
    for index, table in enumerate(tables):
        if not isinstance(name := table.get("name"), str):
            continue
        seen[name] += 1
        if seen[name] > 1:
            place: Way = (*where, index, "name")
            reason = Said("{name} is used twice", {"name": name})
            hint = Said("give each its own name")
            faults.append(Fault(where=place, code="CF005", reason=reason, hint=hint))
    return faults
