"""
Front matter: the fields between the fences, every scalar the author's text.

    flat_yaml   the short way, which most posts go
    long_way    every other
"""

from syndicate.posts.fences import Parts
from syndicate.posts.flat_yaml import parse_flat
from syndicate.posts.problems import Fault, Notes
from syndicate.posts.yaml_text import Tree


def load(parts: Parts, notes: Notes) -> dict[str, Tree]:
    """
    Read the fields of a file that was taken apart.

    Args:
        parts: What ``take_apart`` made of a file.
        notes: Told what is worth mending.

    Returns:
        Keys and values, every scalar the author's text, NFC, without controls.

    Raises:
        Fault: It cannot be read, or is not keys with values.
    """
    if parts.language == "yaml" and (fields := parse_flat(parts.front)) is not None:
        return fields
    # Where every post goes the short way, nobody waits for YAML to be imported.
    from syndicate.posts.long_way import load_fully  # noqa: PLC0415

    try:
        return load_fully(parts, notes)
    except Fault as fault:
        fault.line += parts.line - 1
        raise
