"""Reads ``config.toml`` and lists every fault at once."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from syndicate.config.place import place_of
from syndicate.config.secrets import SecretError, with_secrets
from syndicate.config.sections import ChannelConfig, Config
from syndicate.config.values import Section
from syndicate.errors import ConfigError, Problem, UsageError

Kinds = Callable[[str], type[Section]]
"""Gives the keys of a channel kind; raises ``UsageError`` for a kind nobody knows."""

Fault = tuple[Sequence[str | int], str, str]
"""Where (a way of keys), what is wrong, how to mend it."""

COMMON = frozenset(ChannelConfig.model_fields) - {"settings"}
EFFECT = "syndicate does not start until this is mended"


def load_config(
    path: Path, kinds: Kinds, environ: Mapping[str, str] = os.environ
) -> Config:
    """
    Read and check a configuration file.

    Args:
        path: A TOML 1.0 file.
        kinds: Gives the section of a channel kind.
        environ: Where secrets may come from.

    Raises:
        ConfigError: The file is missing, is not TOML, or breaks a rule. All broken
            rules are reported together, each with its place.
    """
    text = _read(path)
    tables = _parse(path, text)
    faults: list[Fault] = []
    channels = [
        _channel(index, table, kinds, path, environ, faults)
        for index, table in enumerate(_tables(tables))
    ]
    rest = tables | {"channels": [c for c in channels if c is not None]}
    config: Config | None = None
    try:
        config = Config.model_validate(rest)
    except ValidationError as error:
        faults += [_fault(detail, Config) for detail in error.errors()]
    if config:
        faults += _strangers(config)
    if faults or config is None:
        raise ConfigError(*(_problem(path, text, fault) for fault in faults))
    config._path = path  # noqa: SLF001 - pydantic's way to keep what is not a key
    return config


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            _plain(path, "no such file", "`syndicate init` writes one")
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(_plain(path, "not UTF-8", "save it as UTF-8")) from None
    except OSError as error:
        hint = "give the path of a file syndicate may read with -c"
        raise ConfigError(_plain(path, str(error.strerror), hint)) from None


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, col = (int(found[1]), int(found[2])) if found else (1, 1)
        problem = str(error).split(" (at ")[0].lower()
        raise ConfigError(
            Problem(
                code="CF001",
                message=f"not TOML: {problem}",
                hint="see toml.io for how values are written",
                file=str(path),
                line=line,
                col=col,
                source=_line(text, line),
                effect=EFFECT,
            )
        ) from None


def _tables(tables: Mapping[str, Any]) -> list[Any]:
    channels = tables.get("channels", [])
    return channels if isinstance(channels, list) else []


def _channel(
    index: int,
    table: Any,
    kinds: Kinds,
    path: Path,
    environ: Mapping[str, str],
    faults: list[Fault],
) -> dict[str, Any] | None:
    """Check one ``[[channels]]`` table against its kind; add what is wrong to ``faults``."""
    if not isinstance(table, dict):
        faults.append((("channels", index), "not a table", "write [[channels]]"))
        return None
    where = ("channels", index)
    common = {key: value for key, value in table.items() if key in COMMON}
    own = {key: value for key, value in table.items() if key not in COMMON}
    section: type[Section] = Section
    try:
        section = kinds(str(table.get("kind", "")))
        name = str(table.get("name", ""))
        folder = path.resolve().parent
        own = with_secrets(own, section, channel=name, folder=folder, environ=environ)
        return common | {"settings": section.model_validate(own)}
    except UsageError as error:
        if "kind" in table:
            faults.append(((*where, "kind"), str(error), "see docs/channels/"))
    except SecretError as error:
        faults.append(((*where, error.key), str(error), "see docs/reference/config.md"))
    except ValidationError as error:
        for detail in error.errors():
            way, message, hint = _fault(detail, section)
            faults.append(((*where, *way), message, hint))
    return common


def _strangers(config: Config) -> list[Fault]:
    """Find channel names used twice, and rules that name a channel nobody configured."""
    names = [channel.name for channel in config.channels]
    faults: list[Fault] = [
        (("channels", index, "name"), f"{name}: used twice", "give each its own name")
        for index, name in enumerate(names)
        if name in names[:index]
    ]
    for index, rule in enumerate(config.alerts.rules):
        faults += [
            (
                ("alerts", "rules", index, "to"),
                f"no channel is called {name}",
                _near(name, names),
            )
            for name in rule.to or ()
            if name not in names
        ]
    return faults


def _fault(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    where = detail["loc"]
    match detail["type"]:
        case "missing":
            return where, "missing", "this key has no default: write it"
        case "extra_forbidden":
            return where, "unknown key", _near(str(where[-1]), _keys(model, where[:-1]))
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return (
                where,
                message[:1].lower() + message[1:],
                "see docs/reference/config.md",
            )


def _keys(model: type[BaseModel], where: Sequence[str | int]) -> list[str]:
    """List the keys that would have been known at a place."""
    for part in where:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field else None
        if isinstance(part, int):
            continue
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            inner = next(
                (a for a in getattr(inner, "__args__", ()) if isinstance(a, type)), None
            )
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)


def _near(word: str, known: Sequence[str]) -> str:
    if close := get_close_matches(word, known, n=1):
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(known)}" if known else "take it out"


def _problem(path: Path, text: str, fault: Fault) -> Problem:
    where, message, hint = fault
    line, col = place_of(text, where)
    name = ".".join(str(part) for part in where)
    return Problem(
        code="CF002",
        message=f"{name}: {message}",
        hint=hint,
        file=str(path),
        line=line,
        col=col,
        source=_line(text, line),
        effect=EFFECT,
    )


def _plain(path: Path, message: str, hint: str) -> Problem:
    return Problem(
        code="CF000", message=message, hint=hint, file=str(path), effect=EFFECT
    )


def _line(text: str, line: int) -> str:
    lines = text.splitlines()
    return _masked(lines[line - 1]) if line <= len(lines) else ""


def _masked(line: str) -> str:
    """Hide what a line of the file sets a secret to."""
    return re.sub(
        r"(?i)((?:token|secret|password|key)\w*\s*=\s*).+|(://[^:/@\s]*:)[^@\s]+@",
        lambda m: f"{m[1]}…" if m[1] else f"{m[2]}…@",
        line,
    )
