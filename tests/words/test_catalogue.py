"""Both languages say all that is said, with the same places in it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from syndicate.words import LANGUAGES

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "syndicate" / "words"
PLACE = re.compile(r"\{([a-z_]\w*)(?::[^{}|]*\|[^{}|]*)?\}")
SPEAKERS = set("say phrase Said SaidError UsageError SetupError StoreError".split())


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / name).read_text("utf-8"))


def sources() -> Iterator[str]:
    for path in sorted((ROOT / "syndicate").rglob("*.py")):
        yield path.read_text("utf-8")


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def letters(text: str) -> list[str]:
    """Give what a text says beside its places."""
    return re.findall(r"\w", PLACE.sub("", text))


PROBLEMS = {name: load(f"{name}/problems.toml") for name in LANGUAGES}
FAMILIES = "|".join(sorted({code[:2] for code in PROBLEMS["en"]}))
CODE = re.compile(rf'"((?:{FAMILIES})\d{{3}})"')
PHRASES = load("ko/phrases.toml")
BORROWED = load("ko/borrowed.toml")


def test_every_code_of_the_source_has_its_texts_in_both_languages() -> None:
    used = {code for text in sources() for code in CODE.findall(text)}

    assert {name: used ^ texts.keys() for name, texts in PROBLEMS.items()} == {
        name: set() for name in LANGUAGES
    }


def test_a_problem_says_the_same_in_both_languages() -> None:
    """One test for all: hundreds of little ones cost more than what they look at."""
    for code, english in PROBLEMS["en"].items():
        korean = PROBLEMS["ko"][code]

        assert english.keys() == korean.keys(), code
        assert {"message", "hint"} <= english.keys() <= {"message", "hint", "effect"}
        for key, text in english.items():
            assert places(text) == places(korean[key]), code
            assert not text.endswith("."), code
            assert not korean[key].endswith("."), code
            assert re.search("[가-힣]", korean[key]) or not letters(text), code


@cache
def nodes() -> list[ast.Call | ast.Constant]:
    """Give every call and every literal of the source."""
    return [
        node
        for text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call | ast.Constant)
    ]


def said() -> Iterator[str]:
    """Give every phrase that the source says literally."""
    for node in nodes():
        match node:
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Constant(value=str(phrase)), *_],
            ) if name in SPEAKERS:
                yield phrase


def test_every_phrase_that_is_said_has_its_korean() -> None:
    assert [phrase for phrase in said() if phrase not in PHRASES] == []


def test_a_phrase_has_the_same_places_in_both_languages() -> None:
    for english, korean in PHRASES.items():
        assert places(english) == places(korean), english
        assert re.findall("%[sd]", english) == re.findall("%[sd]", korean), english


def test_the_catalogue_says_nothing_that_the_source_does_not() -> None:
    literals = {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert [phrase for phrase in PHRASES if phrase not in literals] == []


def test_what_libraries_say_is_looked_up_in_small_letters() -> None:
    assert [english for english in BORROWED if english != english.lower()] == []
    assert [english for english in BORROWED if english in PHRASES] == []
