"""
Problems as they stand in a seal: JSON, with phrases as pairs of English and words.

They are put into words when they are shown, so a seal speaks every language.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from syndicate.errors import Gravity, Problem
from syndicate.words import Said, Word

PHRASE = "said"


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """
    Give a problem as values that JSON knows.

    Raises:
        ValueError: One of its words is neither text nor number nor phrase.
    """
    return {
        **asdict(problem),
        "words": {name: _frozen(word) for name, word in problem.words.items()},
        "effects": [_frozen(effect) for effect in problem.effects],
    }


def problem_from_json(said: Mapping[str, Any]) -> Problem:
    """
    Give a problem back.

    Raises:
        ValueError: This is none.
    """
    try:
        return Problem(
            **{
                **said,
                "words": {name: _thawed(each) for name, each in said["words"].items()},
                "effects": tuple(_thawed(each) for each in said["effects"]),
                "gravity": Gravity(said["gravity"]),
            }
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no problem") from error


def _frozen(word: Word) -> object:
    if isinstance(word, str | int):
        return word
    if isinstance(word, Said):
        words = {name: _frozen(each) for name, each in word.words.items()}
        return {PHRASE: word.english, "words": words}
    raise ValueError(f"{type(word).__name__} is no word that keeps")


def _thawed(word: Any) -> Any:
    if not isinstance(word, dict):
        return word
    words = {name: _thawed(each) for name, each in word["words"].items()}
    return Said(word[PHRASE], words)
