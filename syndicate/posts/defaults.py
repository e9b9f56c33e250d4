"""
Front matter for posts that do not say themselves: ``[[posts.defaults]]``.

Which table wins, and that categories add up, is as in Jekyll's ``FrontmatterDefaults``
and ``Document#merge_categories!``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from syndicate.config import Config
from syndicate.posts.collections import name_of
from syndicate.posts.yaml_text import Tree


def with_defaults(
    fields: Mapping[str, Tree], path: str, config: Config
) -> dict[str, Tree]:
    """
    Add what a post does not say itself.

    Args:
        fields: Its front matter, which wins.
        path: Below the posts folder.
        config: For ``posts.defaults``; a path in it begins at the configuration's folder.
    """
    file, kind = config.shown(path), name_of(path, config)
    said: dict[str, Any] = {}
    best: tuple[int, bool] | None = None
    for each in config.posts.defaults:
        if each.type not in {"", kind} or not _applies(each.path, file):
            continue
        rank = len(each.path.strip("/")), bool(each.type)
        if best is None or rank >= best:
            said, best = _merged(said, each.values), rank
        else:
            said = _merged(each.values, said)
    found = _merged(said, fields)
    if isinstance(given := said.get("categories"), list) and "categories" in fields:
        found["categories"] = [*given, *_many(fields["categories"])]
    return found


def _applies(path: str, file: str) -> bool:
    path = path.removeprefix("/")
    if "*" in path:
        return _pattern(path).match(file) is not None
    return file.startswith(path)


@lru_cache
def _pattern(path: str) -> re.Pattern[str]:
    """Read a path with stars; ``**`` goes through folders."""
    parts = re.split(r"(\*\*/|\*)", path)
    wild = {"**/": "(?:.*/)?", "*": "[^/]*"}
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts))


def _merged(weak: Mapping[str, Any], strong: Mapping[str, Any]) -> dict[str, Any]:
    """Merge, mappings within, too."""
    found = {**weak, **strong}
    for key in weak.keys() & strong.keys():
        if isinstance(weak[key], Mapping) and isinstance(strong[key], Mapping):
            found[key] = _merged(weak[key], strong[key])
    return found


def _many(value: Tree) -> Sequence[Tree]:
    return value.split() if isinstance(value, str) else list(value)
