"""Reads the configuration files of Jekyll, Hugo and Eleventy."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from syndicate.posts.toml_bound import deep_line
from syndicate.posts.yaml_text import REASONS
from syndicate.words import Said

ENDINGS = ("toml", "yaml", "yml", "json")
JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
HUGO = (
    *(f"{name}.{ending}" for name in ("hugo", "config") for ending in ENDINGS),
    "config/_default",
)
ELEVENTY = (
    ".eleventy.js",
    *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts")),
)
"""In the order in which they are looked for."""

DEEPEST = 50
MOST_ALIASES = 12
"""Of YAML. A few dozen can stand for a million values."""

TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)")

LARGEST = 1 << 20
"""Most bytes of a configuration file."""


def read_site(path: Path) -> Any:
    """
    Read one file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not what its name says, or is larger than 1 MiB.
        yaml.YAMLError: The same of YAML.
    """
    text = read_text(path)
    match path.suffix:
        case ".toml":
            if deep_line(text):
                raise ValueError("nested too deeply")
            return tomllib.loads(text)
        case ".json":
            return json.loads(text)
        case _:
            return _yaml(text)


def read_text(path: Path) -> str:
    """
    Read one file as text.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no UTF-8, or is larger than 1 MiB.
    """
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise ValueError("not a file of at most 1 MiB")
    return path.read_text("utf-8-sig")


def what_is_wrong(error: Exception) -> tuple[str, Said]:
    """
    Say why a file could not be read.

    Returns:
        Where it stopped, as ``:2:6``, or nothing; and the reason.
    """
    match error:
        case yaml.MarkedYAMLError(problem=str(found), problem_mark=mark) if mark:
            place = f":{mark.line + 1}:{mark.column + 1}"
            return place, Said(REASONS.get(found, found))
        case json.JSONDecodeError():
            return f":{error.lineno}:{error.colno}", Said(error.msg.lower())
        case UnicodeDecodeError():
            return "", Said("not UTF-8")
        case OSError(strerror=str(reason)):
            return "", Said(reason.lower())
    reason, *numbers = TOML_PLACE.split(str(error).partition("\n")[0])
    reason = reason[:1].lower() + reason[1:]
    return "".join(f":{number}" for number in numbers[:2]), Said(reason)


def read_folder(folder: Path) -> dict[str, Any]:
    """Read Hugo's ``config/_default``: each file but the first names a table."""
    found: dict[str, Any] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.removeprefix(".") not in ENDINGS:
            continue
        said = read_site(path)
        if path.stem in {"hugo", "config"} and isinstance(said, dict):
            found = {**said, **found}
            continue
        *tables, name = path.stem.lower().split(".")
        inner = found
        for table in tables:  # "languages.ko", "params.ko"
            inner = inner.setdefault(table, {})
        inner[name] = said
    return found


def _yaml(text: str) -> Any:
    """Read YAML that is neither nested to crash the reader nor a bomb of aliases."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > DEEPEST or aliases > MOST_ALIASES:
            raise ValueError("nested too deeply, or too many aliases")
    return yaml.load(text, Loader=yaml.CSafeLoader)
