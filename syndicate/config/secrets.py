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

from syndicate.config.faults import Fault
from syndicate.config.regular import read_regular
from syndicate.config.values import Section
from syndicate.words import Said, SaidError


class SecretError(SaidError):
    """A secret could not be read."""


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
) -> tuple[dict[str, Any], dict[str, Fault]]:
    """
    Put the secrets of a channel into its table.

    Args:
        table: The channel's own keys, as written.
        section: Its kind's keys; those of type ``SecretStr`` are secrets.
        channel: Its name, for the environment variable.
        folder: What a relative ``<key>_file`` is relative to.
        environ: A variable that is set and empty counts as not set.

    Returns:
        The table without ``<key>_file``, and by its key what is wrong with each secret
        that is given twice or cannot be read.
    """
    found, faults = dict(table), dict[str, Fault]()
    for key in secret_keys(section):
        path = found.pop(f"{key}_file", None)
        ways = {
            key: found.get(key),
            f"{key}_file": None if path is None else folder / str(path),
            variable(channel, key): environ.get(variable(channel, key)) or None,
        }
        given = {way: value for way, value in ways.items() if value is not None}
        try:
            found |= {key: _only(given)} if given else {}
        except SecretError as error:
            where = (next(iter(given)),)
            faults[key] = Fault(
                where=where, code="CH003", reason=error.said, private=True
            )
    return found, faults


def _only(given: Mapping[str, Any]) -> Any:
    """Take a secret from the one way it is given by."""
    if len(given) > 1:
        raise SecretError("given twice: {ways}", ways=", ".join(given))
    (way, value), *_ = given.items()
    return _read(value, way) if isinstance(value, Path) else value


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
    """Read a secret. The path is not repeated: by mistake it may be the secret itself."""
    try:
        secret = read_regular(path).strip()
    except (OSError, ValueError) as error:
        reason = Said(getattr(error, "strerror", None) or "not UTF-8")
        raise SecretError(
            "cannot read the file {key} names: {reason}", key=key, reason=reason
        ) from None
    if not secret:
        raise SecretError("the file {key} names is empty", key=key)
    return secret
