"""What commands share: options, exit statuses, how results are printed."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
DEFAULT = Path("config.toml")


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    INPUT = 2
    ENVIRONMENT = 3
    DOUBT = 4


def _keep(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    """Remember the path: given before the command's name, or after, which wins."""
    if path is not None:
        ctx.ensure_object(dict)["config"] = path


def config_path() -> Path:
    """Give the configuration file this command was asked to read."""
    said = click.get_current_context().find_object(dict) or {}
    path: Path = said.get("config", DEFAULT)
    return path


config_option = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    metavar="PATH",
    expose_value=False,
    is_eager=True,
    callback=_keep,
    help="Configuration file.  [default: config.toml]",
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print the result as JSON."
)


def print_json(result: object) -> None:
    """Print a result for programs: one JSON document, UTF-8, keys as documented."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


@contextmanager
def quiet_pipes() -> Iterator[None]:
    """Let ``syndicate alerts | head`` end without a complaint."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.FAILED)
