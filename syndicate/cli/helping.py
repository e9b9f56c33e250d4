"""
Has ``--help`` speak the language that is spoken.

The English stands where a command is written. ``words/ko/help.toml`` has the Korean of
each paragraph, option and heading under its English, in lines that fit a terminal: click
breaks lines as if every letter were one column wide, and Korean takes two.
"""

import copy
import inspect
import re
from collections.abc import Iterable
from typing import TypeVar

import click

from syndicate.words import explained

OWN_LINES = "\b\n"
"""Begins a paragraph whose lines click leaves as they are."""

Told = TypeVar("Told", bound=click.Command)


class Formatter(click.HelpFormatter):
    """Translates what click itself says in a help."""

    def write_usage(  # noqa: D102
        self, prog: str, args: str = "", prefix: str | None = None
    ) -> None:
        super().write_usage(prog, args, prefix or f"{explained('Usage:')} ")

    def write_heading(self, heading: str) -> None:  # noqa: D102
        super().write_heading(explained(heading))

    def write_dl(  # noqa: D102
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
    ) -> None:
        told = [(name, _with_brackets(explained(text))) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class HelpContext(click.Context):
    """Has helps written by our formatter."""

    formatter_class = Formatter


def in_language(command: Told) -> Told:
    """Give a copy of a command that explains itself in the language that is spoken."""
    told = copy.copy(command)
    told.context_class = HelpContext
    told.help = _paragraphs(command.help or "")
    told.params = [_explained(param) for param in command.params]
    if isinstance(told, click.Group):
        below = told.commands.items()
        told.commands = {name: in_language(each) for name, each in below}
    return told


def _explained(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option) or not param.help:
        return param
    told = copy.copy(param)
    told.help = explained(param.help)
    return told


def _paragraphs(text: str) -> str:
    """Put a docstring's paragraphs into words, one by one."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return "\n\n".join(map(_paragraph, paragraphs))


def _paragraph(text: str) -> str:
    flat = " ".join(text.removeprefix(OWN_LINES).split())
    told = explained(flat)
    return text if told == flat else OWN_LINES + told.strip()


def _with_brackets(text: str) -> str:
    """Translate what click puts behind an option's help."""
    for mark in ("[default:", "[required]"):
        text = text.replace(mark, explained(mark))
    return text
