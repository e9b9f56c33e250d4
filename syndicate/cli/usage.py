"""Says what is wrong with a command line, in the language that was asked for."""

import re

import click

from syndicate.words import Said, listed, say

MEANT = {
    re.compile("No such command '(.+?)'"): "there is no command {name}",
    re.compile(r"Got unexpected extra arguments? \((.+)\)"): (
        "{name}: more than the command asks for"
    ),
}
"""What click says in its own words only, and ours."""

MOST = 20  # words of a choice that are named


def usage_of(error: click.UsageError) -> str:
    """Give the usage, and where more of it is said; empty where nobody knows the command."""
    if error.ctx is None:
        return ""
    path = error.ctx.command_path
    pieces = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
    return "\n".join(
        [
            say("usage: {command}", command=f"{path} {pieces}"),
            say("`{command} --help` says more", command=path),
        ]
    )


def wrong_with(error: click.UsageError) -> str:
    """Say what is wrong, in our words as far as we know what click means."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near) if near:
            unknown = "there is no option {name}; did you mean {near}?"
            return say(unknown, name=name, near=listed(near))
        case click.NoSuchOption(option_name=name):
            return say("there is no option {name}", name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say("{name} is missing", name=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            words = {"name": _name(param), "reason": _wanted(param, error.message)}
            return say("{name}: {reason}", **words)
        case click.BadOptionUsage(option_name=name):
            refuses = "not take" in error.message
            said = "{name} takes no value" if refuses else "{name} needs a value"
            return say(said, name=name)
        case _:
            return _meant(error.format_message())


def _meant(message: str) -> str:
    found = ((said, pattern.search(message)) for pattern, said in MEANT.items())
    return next((say(said, name=match[1]) for said, match in found if match), message)


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
