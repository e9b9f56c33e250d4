"""
Secrets: the key itself, ``<key>_file``, or the environment.

A secret is any key whose field is a ``SecretStr``. It is read once, at the start, and
never shown: pydantic masks it, and no message here repeats a value.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from syndicate.config.values import Section


class SecretError(ValueError):
    """A secret could not be read. ``key`` is the key to blame."""

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        super().__init__(problem)


def variable(channel: str, key: str) -> str:
    """Name the environment variable: ``SYNDICATE_DESK_TELEGRAM_TOKEN``."""
    return re.sub(r"[^A-Z0-9]", "_", f"SYNDICATE_{channel}_{key}".upper())


def with_secrets(
    table: Mapping[str, Any],
    section: type[Section],
    *,
    channel: str,
    folder: Path,
    environ: Mapping[str, str],
) -> dict[str, Any]:
    """
    Put the secrets of a channel into its table.

    Args:
        table: The channel's own keys, as written.
        section: Its kind's keys; those of type ``SecretStr`` are secrets.
        channel: Its name, for the environment variable.
        folder: What a relative ``<key>_file`` is relative to.
        environ: Read only for secrets the table does not give.

    Raises:
        SecretError: A file cannot be read, or a secret is given twice.
    """
    found = dict(table)
    for key in secret_keys(section):
        path = found.pop(f"{key}_file", None)
        if path is not None and key in found:
            raise SecretError(key, f"give {key} or {key}_file, not both")
        if path is not None:
            found[key] = _read(folder / str(path), f"{key}_file")
        elif key not in found and variable(channel, key) in environ:
            found[key] = environ[variable(channel, key)]
    return found


def secret_keys(section: type[Section]) -> Iterator[str]:
    """Give the names, aliases included, of a section's secrets."""
    for name, field in section.model_fields.items():
        if SecretStr in (field.annotation, *get_args(field.annotation)):
            yield from _names(name, field)


def _names(name: str, field: FieldInfo) -> list[str]:
    match field.validation_alias:
        case AliasChoices(choices=choices):
            return [str(choice) for choice in choices]
        case str(alias):
            return [alias]
        case _:
            return [name]


def _read(path: Path, key: str) -> str:
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise SecretError(key, f"cannot read {path}: {reason}") from None
    if not secret:
        raise SecretError(key, f"{path} is empty")
    return secret
