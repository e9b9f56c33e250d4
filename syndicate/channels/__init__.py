"""
Channels: where alerts are told. A file here is a kind; nothing lists them.

    base    what a channel is
    wire/   HTTP as the kinds share it: one attempt, one deadline, one verdict
    text/   what several kinds do to words; terms/ what platforms ask for a message
    log, mastodon, telegram, …
            the kinds; a further file, or a class of another package, is a further kind
    fediverse/, slackapp/, …
            what a kind, or two of one platform, needs beside its file

A kind's module is imported when the kind is asked for, never before.
"""

import importlib
import inspect
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from syndicate.channels.base import Channel
from syndicate.errors import UsageError


def built_in() -> list[str]:
    """Name the kinds that come with syndicate, in alphabetical order."""
    return sorted(module.name for module in iter_modules(__path__) if not module.ispkg)


def find_channel(kind: str) -> type[Channel[Any]]:
    """
    Give the class of a kind.

    Args:
        kind: A name from ``built_in``, or ``package.module:Class`` for one that lives
            elsewhere.

    Raises:
        UsageError: There is no such kind, its module cannot be imported, or it is not
            a finished ``Channel``.
    """
    if kind in built_in():
        module = _import(kind, f"{__name__}.{kind}")
        own = (each for each in vars(module).values() if _is_own(each, module))
        return _checked(kind, next(own, None))
    path, colon, name = kind.partition(":")
    if not colon:
        raise UsageError(
            "no channel kind {kind}; known are {names}, "
            "and package.module:Class for others",
            kind=repr(kind),
            names=", ".join(built_in()),
        )
    return _checked(kind, getattr(_import(kind, path), name, None))


def _import(kind: str, path: str) -> ModuleType:
    try:
        return importlib.import_module(path)
    except Exception as error:  # a module may raise anything while it is imported
        reason = f"{type(error).__name__}: {error}"
        raise UsageError(
            "channel kind {kind} cannot be imported: {reason}",
            kind=repr(kind),
            reason=reason,
        ) from error


def _is_own(value: object, module: ModuleType) -> bool:
    """Tell the class a module is about from those it imports."""
    return (
        isinstance(value, type)
        and issubclass(value, Channel)
        and value.__module__ == module.__name__
    )


def _checked(kind: str, found: object) -> type[Channel[Any]]:
    if not (isinstance(found, type) and issubclass(found, Channel)):
        raise UsageError("channel kind {kind} is no Channel", kind=repr(kind))
    if inspect.isabstract(found) or not hasattr(found, "Config"):
        raise UsageError(
            "channel kind {kind} is an unfinished Channel", kind=repr(kind)
        )
    return found
