"""Every command explains itself in Korean and in English, within a terminal's width."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from syndicate.cli import COMMANDS, main
from syndicate.words import load, speaking

HANGUL = re.compile("[가-힣]")
HELP: dict[str, str] = dict(load("ko", "help"))


def tree(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """Give the words that call a command, and each below it."""
    yield path
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from tree(each, *path, name)


def all_commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        found += tree(command, name)
    return found


every_command = pytest.mark.parametrize("words", all_commands(), ids=" ".join)


def help_of(words: tuple[str, ...], *, lang: str) -> str:
    result = CliRunner().invoke(main, [*words, "--lang", lang, "--help"])
    assert result.exit_code == 0
    return result.output


def untranslated(text: str) -> list[str]:
    """Give the lines that are no Korean, but for an option that fills its line alone."""
    alone = re.compile(r"  --\S+ \S+")
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    return [x for x in lines if not HANGUL.search(x) and not alone.fullmatch(x)]


@every_command
def test_a_command_explains_itself_in_korean(words: tuple[str, ...]) -> None:
    told = help_of(words, lang="ko")

    assert told.startswith("사용법: ")
    assert untranslated(told) == []


@every_command
def test_no_line_of_a_korean_help_is_wider_than_a_terminal(
    words: tuple[str, ...],
) -> None:
    told = help_of(words, lang="ko").splitlines()

    assert [line for line in told if cell_len(line) > 80] == []


@every_command
def test_an_english_help_has_no_korean_in_it(words: tuple[str, ...]) -> None:
    told = help_of(words, lang="en")

    assert told.startswith("Usage: ")
    assert HANGUL.findall(told) == []


def explained(command: click.Command) -> Iterator[str]:
    """Give all that a command's help says, each paragraph and option for itself."""
    for paragraph in re.split(r"\n\s*\n", command.help or ""):
        yield " ".join(paragraph.replace("\b", "").split())
    for param in command.params:
        yield getattr(param, "help", None) or ""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from explained(each)


def test_the_catalogue_explains_what_there_is_and_no_more() -> None:
    with speaking("en"):
        commands = [main.get_command(click.Context(main), name) for name in COMMANDS]
        said = {text for each in [main, *commands] if each for text in explained(each)}
    clicks = set(list(HELP)[:6])

    assert said - {""} - HELP.keys() == set()
    assert HELP.keys() - said - clicks == set()


def test_a_command_asked_in_one_language_answers_the_next_in_its_own() -> None:
    korean = help_of(("push",), lang="ko")
    english = help_of(("push",), lang="en")

    assert "규칙과 상관없이" in korean
    assert "whatever the rules say" in english
    assert help_of(("push",), lang="ko") == korean
