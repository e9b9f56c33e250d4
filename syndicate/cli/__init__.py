"""
The ``syndicate`` command.

A command parses, calls one thing, prints the result. Work belongs below. Each command's
module is imported when the command is called, so that ``build`` does not wait for what
only ``run`` needs.

    common, asking   options and manners that commands share
    usage, helping, words
                     wrong command lines, help, times and paths, as people read them
    problems, summary
                     what is wrong with posts and configuration
    messages, panels, plans, covering, drawing, live
                     drafts, corrections and the ledger, shown
    logs             what the service writes for whoever keeps its log

Exit status: 0 done, 1 tried and failed, 2 bad input or usage, 3 environment (disk,
database, network), 4 something is in doubt.
"""

import gc
import importlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from syndicate import __version__
from syndicate.cli.common import (
    Exit,
    asked_language,
    config_option,
    expect_json,
    lang_option,
    plain_streams,
    print_json,
    refuse_garbled,
    wants_json,
)
from syndicate.cli.helping import HelpContext, in_language
from syndicate.cli.problems import as_result, show_problems
from syndicate.cli.usage import usage_of, wrong_with
from syndicate.errors import InputError, SetupError, SyndicateError, UsageError
from syndicate.words import language_of, speak

# Looking through all that is installed for plugins of pydantic's takes 15 ms, and what they
# might change is how our own configuration is read.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Commands print their own results; only ``run`` listens to what the rooms log.
logging.getLogger("syndicate").addHandler(logging.NullHandler())

COMMANDS = {
    "run": "service",
    "build": "feeds",
    "check": "feeds",
    "feeds": "subscribe",
    "preview": "push",
    "push": "push",
    "alerts": "ledger",
    "correct": "amend",
    "retract": "amend",
    "reinstate": "amend",
    "approve": "decide",
    "reject": "decide",
    "cancel": "decide",
    "resolve": "decide",
    "pause": "pause",
    "resume": "pause",
    "channels": "channels",
    "doctor": "doctor",
    "audit": "audit",
    "store": "store",
    "init": "start",
}


class Commands(click.Group):
    """Loads a command when it is called, and shows an expected error as an error."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command; its help is in the language that is spoken."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"syndicate.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        _let_choose_language(command)
        return in_language(command)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Explain all of it in the language that is spoken."""
        click.Group.format_help(in_language(self), ctx, formatter)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the command line, in the language it asks for, else the locale's."""
        speak(asked_language(args) or language_of(os.environ))
        as_json = "--json" in args
        with _usage_told(as_json=as_json):
            refuse_garbled(args)
            ctx = super().make_context(info_name, args, parent, **extra)
        expect_json(ctx, as_json=as_json)
        return ctx

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        # Until posts are looked at, all that is made is modules, which stay: going through
        # them again and again costs 35 ms.
        gc.disable()
        try:
            with plain_streams(), _usage_told(as_json=wants_json(ctx)):
                return super().invoke(ctx)
        except InputError as error:
            if wants_json(ctx):
                print_json({"problems": list(map(as_result, error.problems))})
            show_problems(error.problems)
            sys.exit(Exit.INPUT)
        except SetupError as error:
            if wants_json(ctx):
                problems = [as_result(error.problem)]
                print_json({"error": str(error), "problems": problems})
            show_problems([error.problem])
            sys.exit(Exit.ENVIRONMENT)
        except SyndicateError as error:
            if wants_json(ctx):
                print_json({"error": str(error)})
            click.echo(f"syndicate: {error}", err=True)
            sys.exit(_status(error))
        finally:
            gc.enable()


def _let_choose_language(command: click.Command) -> None:
    """Give a command, and those below it, the option ``--lang``."""
    if all(param.name != "lang" for param in command.params):
        lang_option(command)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _let_choose_language(each)


@contextmanager
def _usage_told(*, as_json: bool) -> Iterator[None]:
    """Tell what is wrong with a command line."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        wrong = wrong_with(error)
        if as_json:
            print_json({"error": wrong})
        told = f"{usage_of(error)}\nsyndicate: {wrong}"
        click.echo(told.strip(), err=True)
        sys.exit(Exit.INPUT)


def _status(error: SyndicateError) -> Exit:
    return Exit.INPUT if isinstance(error, UsageError) else Exit.FAILED


HELP = """\
Turn a folder of posts into feeds that readers fetch and alerts that arrive once.

\b
syndicate run               the daemon: watches, builds, serves, sends
syndicate build             one pass: writes the feeds, sends nothing
syndicate preview POST      what each channel would show
syndicate push POST         tell the channels now

Every command reads config.toml here; -c names another. --lang ko speaks Korean.
"""


@click.group(
    cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]}
)
@config_option
@lang_option
@click.version_option(__version__, prog_name="syndicate")
def main() -> None:
    """Turn a folder of posts into feeds and alerts."""
