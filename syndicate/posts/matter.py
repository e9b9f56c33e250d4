"""The fields of one file, as the author typed them, and where they stand in it."""

from collections.abc import Mapping

from msgspec import Struct

from syndicate.posts.fences import Parts
from syndicate.posts.problems import Notes
from syndicate.posts.yaml_text import Tree
from syndicate.words import Word

TRUE = frozenset({"true", "yes", "on"})
FALSE = frozenset({"false", "no", "off"})
"""Flags as YAML 1.1 writes them, in any case. Source: yaml.org/type/bool.html"""


class Matter(Struct, frozen=True, kw_only=True):
    """The fields of one file, and where they stand in it."""

    fields: Mapping[str, Tree]
    parts: Parts
    notes: Notes

    def text(self, *keys: str) -> str:
        """Give the first of these fields that has text, on one line; else nothing."""
        for key in keys:
            value = self.fields.get(key)
            if isinstance(value, str) and (line := one_line(value)):
                return line
        return ""

    def note(self, code: str, key: str, **words: Word) -> None:
        """Note a problem with a field."""
        self.notes.add(code, self.parts.place(key), **words)

    def source(self, key: str) -> str:
        """Give a field's line as the author typed it, without the key."""
        line, col = self.parts.place(key)
        return self.notes.text.split("\n")[line - 1][col - 1 :].strip()


def one_line(text: str) -> str:
    """Make every run of white space one blank. What is here was cleaned when read."""
    return " ".join(text.split())


def is_true(value: object) -> bool:
    """Whether a field is a flag that is set."""
    return isinstance(value, str) and value.lower() in TRUE


def is_false(value: object) -> bool:
    """Whether a field is a flag that is not set."""
    return isinstance(value, str) and value.lower() in FALSE


def is_flag(value: object) -> bool:
    """Whether a field is a flag at all."""
    return is_true(value) or is_false(value)
