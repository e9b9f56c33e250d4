"""What commands share: options, exit statuses, how results are printed."""

import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import click

from syndicate.words import LANGUAGES, Said, say

Command = TypeVar("Command", bound=Callable[..., Any])
DEFAULT = Path("config.toml")


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    INPUT = 2
    ENVIRONMENT = 3
    DOUBT = 4


def _said(ctx: click.Context) -> dict[str, Any]:
    """Give what the whole command line shares, whichever side of the name it stood."""
    said: dict[str, Any] = ctx.find_root().ensure_object(dict)
    return said


def _keep_path(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    """Remember the path: given before the command's name, or after, which wins."""
    if path is not None:
        _said(ctx)["config"] = path


def _keep_json(ctx: click.Context, _: click.Parameter, as_json: bool) -> bool:  # noqa: FBT001 - click's
    _said(ctx)["json"] = as_json
    return as_json


def expect_json(ctx: click.Context, *, as_json: bool) -> None:
    """Answer in JSON even to a command line that cannot be read, if it asks for that."""
    _said(ctx)["json"] = as_json


def wants_json(ctx: click.Context) -> bool:
    """Whether the command that was called was asked for JSON."""
    return bool(_said(ctx).get("json"))


def config_path() -> Path:
    """Give the configuration file this command was asked to read."""
    path: Path = _said(click.get_current_context()).get("config", DEFAULT)
    return path


config_option = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    metavar="PATH",
    expose_value=False,
    is_eager=True,
    callback=_keep_path,
    help="Configuration file.  [default: config.toml]",
)


def asked_language(words: Sequence[str]) -> str | None:
    """
    Give the language a command line asks for, wherever it does.

    Looked for before anything is parsed, so that what is wrong with the rest can be
    told in it.
    """
    line = " ".join(words).replace("--lang=", "--lang ").split(" ")
    asked = [word for option, word in pairwise(line) if option == "--lang"]
    return asked[-1] if asked and asked[-1] in LANGUAGES else None


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help="Language of what is said.  [default: the locale's]",
)

json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_keep_json,
    help="Print the result as JSON.",
)


number_type = click.IntRange(1, (1 << 63) - 1)
"""What a database can number."""


def print_json(result: object) -> None:
    """Print a result for programs: one JSON document, times in ISO 8601, UTC."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def operator() -> str:
    """
    Name who is at work: the account's name, as ``LOGNAME`` or the system has it.

    An account without a name, as a container may have, goes by its number.
    """
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # OSError since Python 3.13
        name = f"uid {os.getuid()}"
    return name.encode(errors="replace").decode()


def refuse_garbled(args: Sequence[str]) -> None:
    """
    Refuse words that are not UTF-8, as a terminal set to CP949 hands them over.

    No channel and no database takes them. A file may have such a name.

    Raises:
        click.UsageError: One of them is not, and names no file.
    """
    for each in args:
        readable = each.encode(errors="replace").decode()
        if readable != each and not os.path.lexists(each):
            garbled = (
                "{words}: this is not UTF-8; set the terminal, or the script, to it"
            )
            raise click.UsageError(say(garbled, words=readable))


@contextmanager
def plain_streams() -> Iterator[None]:
    """
    Print whatever the terminal, and whoever reads us.

    A letter it has no sign for is escaped; a reader that has gone (``| head``) is no
    matter; a disk that is full is the environment's fault, and so is any other trouble
    with a file.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere()
        sys.exit(Exit.FAILED)
    except OSError as error:
        reason = Said(error.strerror or "")
        if error.filename is None:
            _to_nowhere()
            said = say("cannot print: {reason}", reason=reason)
        else:  # no stream, but a file that no command expected to be trouble
            path = str(error.filename)
            said = say("{path}: {reason}", path=path, reason=reason)
        click.echo(f"syndicate: {said}", err=True)
        sys.exit(Exit.ENVIRONMENT)


def _to_nowhere() -> None:
    """Spare the interpreter a last flush that must fail, too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
