"""Says what is wrong with a command line, in the language that was asked for."""

import re

import click

from syndicate.words import Said, listed, say

NO_COMMAND = re.compile("No such command '(.+?)'")
MOST = 20  # words of a choice that are named


def usage_of(error: click.UsageError) -> str | None:
    """Give the usage, and what is wrong; ``None`` for what click shall say itself."""
    wrong = _wrong(error)
    if wrong is None or error.ctx is None:
        return None
    path = error.ctx.command_path
    pieces = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
    return "\n".join(
        [
            say("usage: {command}", command=f"{path} {pieces}"),
            say("`{command} --help` says more", command=path),
            f"syndicate: {wrong}",
        ]
    )


def _wrong(error: click.UsageError) -> Said | None:
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            if not near:
                return Said("there is no option {name}", {"name": name})
            words = {"name": name, "near": listed(near)}
            return Said("there is no option {name}; did you mean {near}?", words)
        case click.MissingParameter(param=click.Parameter() as param):
            return Said("{name} is missing", {"name": _name(param)})
        case click.BadParameter(param=click.Parameter() as param):
            words = {"name": _name(param), "reason": str(_wanted(param, error.message))}
            return Said("{name}: {reason}", words)
    if found := NO_COMMAND.search(error.format_message()):
        return Said("there is no command {name}", {"name": found[1]})
    return None


def _name(param: click.Parameter) -> str:
    """Name an option as it is typed, an argument as the usage has it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.strip("[]")


def _wanted(param: click.Parameter, message: str) -> Said | str:
    match param.type:
        case click.Choice(choices=choices):
            return Said("write one of {names}", {"names": listed(choices, MOST)})
        case click.IntRange(min=int(least)):
            return Said("write a whole number from {least}", {"least": least})
    return message
