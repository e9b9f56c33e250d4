"""The ``[[channels]]`` tables: common keys, the keys of a kind, secrets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from syndicate.config.faults import Fault, explain, known_keys, near
from syndicate.config.secrets import secret_keys, variable, with_secrets
from syndicate.config.telling import ChannelConfig
from syndicate.config.values import Section
from syndicate.errors import UsageError
from syndicate.words import Said

Kinds = Callable[[str], type[Section]]
"""Gives the keys of a channel kind; raises ``UsageError`` for a kind nobody knows."""

Template = Callable[[str], object]
"""Checks a message template; raises ``UsageError`` for a field nobody knows."""

Checked = tuple[dict[str, Any], Sequence[Fault]]
"""What could be read of a table, and what is wrong with it."""

PAGES = Said("see docs/channels/")
COMMON = sorted(ChannelConfig.model_fields.keys() - {"settings"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a channel's table is read against."""

    kinds: Kinds
    template: Template
    folder: Path  # what the path of a secret is relative to
    environ: Mapping[str, str]


def read_channels(
    written: object, around: Surroundings
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """
    Check every channel against its kind.

    Args:
        written: What the file says under ``channels``, of whatever type.
        around: The kinds, the check of templates, the folder and the environment.

    Returns:
        Tables for ``ChannelConfig``, with the keys of their kinds in ``settings``
        where those are right; and all that is wrong with the others.
    """
    if not isinstance(written, list) or not all(isinstance(t, dict) for t in written):
        hint = Said("write [[channels]], with two brackets on each side")
        reason = Said("not a list of tables")
        fault = Fault(where=("channels",), reason=reason, hint=hint)
        return [], [fault]
    tables: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for index, table in enumerate(written):
        settings, wrong = _settings(table, around)
        tables.append({key: table[key] for key in COMMON if key in table} | settings)
        wrong = [*_templates(table, around), *wrong]
        faults += [replace(f, where=("channels", index, *f.where)) for f in wrong]
    return tables, faults


def _templates(table: Mapping[str, Any], around: Surroundings) -> list[Fault]:
    """Check templates; ``ChannelConfig`` says what is wrong with one that is no text."""
    by_severity = table.get("templates")
    written: dict[tuple[str, ...], object] = {("template",): table.get("template")}
    if isinstance(by_severity, dict):
        written |= {("templates", str(k)): each for k, each in by_severity.items()}
    faults = []
    for where, template in written.items():
        try:
            if isinstance(template, str):
                around.template(template)
        except UsageError as error:
            faults.append(Fault(where=where, code="CH002", reason=error, hint=PAGES))
    return faults


def _settings(table: Mapping[str, Any], around: Surroundings) -> Checked:
    kind = table.get("kind")
    if not isinstance(kind, str):
        return {}, ()  # ``ChannelConfig`` says what is wrong with it
    try:
        section = around.kinds(kind)
    except UsageError as error:
        return {}, [Fault(where=("kind",), code="CH001", reason=error, hint=PAGES)]
    name = str(table.get("name", ""))
    own, wrong = with_secrets(
        {key: value for key, value in table.items() if key not in COMMON},
        section,
        channel=name,
        folder=around.folder,
        environ=around.environ,
    )
    faults = list(wrong.values())
    try:
        settings = section.model_validate(own)
    except ValidationError as error:
        faults += [
            _explain(detail, section, name)
            for detail in error.errors()
            if wrong.keys().isdisjoint(detail["loc"][:1])
        ]
    return ({}, faults) if faults else ({"settings": settings}, ())


def _explain(detail: ErrorDetails, section: type[Section], channel: str) -> Fault:
    """Add to a fault what is particular to channels: common keys, and secrets."""
    fault = explain(detail, section)
    key = str(fault.where[0]) if fault.where else ""
    secrets = list(secret_keys(section))
    files = [f"{secret}_file" for secret in secrets]
    if detail["type"] == "extra_forbidden" and len(fault.where) == 1:
        known = [*known_keys(section, ()), *files, *COMMON]
        return replace(fault, hint=near(key, known))
    if key not in secrets:
        return fault
    if detail["type"] == "missing":
        words = {"key": key, "variable": variable(channel, key)}
        hint = Said("write {key} or {key}_file, or set {variable}", words)
        return replace(fault, hint=hint)
    return replace(fault, private=True)
