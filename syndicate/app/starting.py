"""
Writes a first ``config.toml``, from the site that is there. No network.

    files of Jekyll, Hugo or Eleventy -> what they say -> our keys -> checked -> config.toml

What cannot be is refused with their name for it, and nothing is written: a permalink
left aside would lead every reader to a page that is not there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from syndicate.app import eleventy_site, hugo_site, jekyll_site
from syndicate.app.jekyll_site import Taken
from syndicate.app.site_files import (
    ELEVENTY,
    HUGO,
    JEKYLL,
    read_folder,
    read_site,
    read_text,
    what_is_wrong,
)
from syndicate.app.toml_text import EXAMPLE, lines
from syndicate.config import Config
from syndicate.config.faults import explain
from syndicate.errors import SetupError, UsageError
from syndicate.words import Said

__all__ = ["EXAMPLE", "Started", "start"]

UNREAD = {
    "astro.config": "Astro",
    "docusaurus.config": "Docusaurus",
    "gatsby-config": "Gatsby",
}
"""Of generators whose configuration is not read, the file and the name."""

SCALARS = (str, int, float, date)
TABLES = {
    "site.values",
    "posts.also",
    "posts.languages",
    "posts.collections",
    "posts.defaults",
    "feeds.podcast",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What ``init`` wrote."""

    path: Path
    source: str | None  # the file it read
    took: Mapping[str, Any] = field(default_factory=dict)  # "site.url" to value
    unread: str = ""  # name of the generator whose configuration is not read


def start(folder: Path) -> Started:
    """
    Write ``config.toml`` into a folder and make its posts folder.

    Raises:
        UsageError: There is a ``config.toml`` of ours already, or what is there
            cannot be read, or says what cannot be.
        SetupError: The disk refused.
    """
    target = folder / "config.toml"
    source, took = _from_site(folder)
    if target.exists():
        raise UsageError(_left_alone(target, source), path=target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / took.get("posts.dir", "_posts")).mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines(took)) + "\n", "utf-8")
    except OSError as error:
        reason = Said(error.strerror or str(error))
        raise SetupError(
            "cannot write {path}: {reason}", path=target, reason=reason
        ) from error
    unread = "" if source else _unread(folder)
    return Started(path=target, source=source, took=took, unread=unread)


def _left_alone(target: Path, source: str | None) -> str:
    """Say why a ``config.toml`` that is there stays, and what to do about it."""
    if source == target.name:
        return "{path} exists; it was left as it is; move Hugo's to hugo.toml, its newer name"
    if _is_zolas(target):
        return (
            "{path} is Zola's, and was left as it is;"
            " give init a folder of its own, and name Zola's content there as posts.dir"
        )
    return "{path} exists; it was left as it is"


def _is_zolas(path: Path) -> bool:
    try:
        said = read_site(path)
    except (OSError, ValueError, RecursionError):
        return False
    return "base_url" in said


def _unread(folder: Path) -> str:
    """Name the generator of a site whose configuration we do not read."""
    there = {path.stem for path in folder.glob("*")}
    return next((name for file, name in UNREAD.items() if file in there), "")


def _from_site(folder: Path) -> tuple[str | None, dict[str, Any]]:
    """Give the file that was read and the keys it gave."""
    for name in (*JEKYLL, *HUGO, *ELEVENTY):
        path = folder / name
        if not path.exists():
            continue
        try:
            if took := _taken(_said(path), path):
                return name, took
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            place, reason = what_is_wrong(error)
            raise UsageError(
                "{path} cannot be read: {reason};"
                " nothing was written: mend it and run init again",
                path=f"{path}{place}",
                reason=reason,
            ) from None
    return None, {}


def _said(path: Path) -> Taken:
    """Read one file; the site's folder is the one it is in."""
    site = path.parent
    if path.name in ELEVENTY:
        return eleventy_site.take(read_text(path), site)
    if path.is_dir():
        return hugo_site.take(read_folder(path))
    said = read_site(path)
    if not isinstance(said, dict):
        return iter(())
    is_jekyll = path.name in JEKYLL
    return jekyll_site.take(said, site) if is_jekyll else hugo_site.take(said)


def _taken(found: Taken, path: Path) -> dict[str, Any]:
    """Give our keys, each with a value that can be."""
    took, theirs, wrong = {}, {}, []
    for ours, their, value in found:
        if value is None or value in ("", [], {}):
            continue
        theirs[ours] = their
        if ours in TABLES:
            took[ours] = value
        elif isinstance(value, bool) or not isinstance(value, SCALARS):
            wrong.append(f"{their}: write text, in quotes")
        else:
            took[ours] = " ".join(str(value).split())
    wrong += _faults(took, theirs)
    if wrong:
        raise UsageError(
            "{path} says what cannot be; nothing was written: {faults}",
            path=path,
            faults="; ".join(wrong),
        )
    return took


def _faults(took: Mapping[str, Any], theirs: Mapping[str, str]) -> Iterator[str]:
    """List the values that ``check`` would refuse, under the names they have there."""
    tree: dict[str, dict[str, Any]] = {
        "site": {"url": EXAMPLE},
        "posts": {},
        "feeds": {},
    }
    for key, value in took.items():
        table, _, name = key.partition(".")
        tree[table][name] = value
    try:
        Config.model_validate(tree)
    except ValidationError as error:
        for detail in error.errors():
            table, name, *inner = map(str, detail["loc"])
            their = ".".join([theirs.get(f"{table}.{name}", name), *inner])
            value = took.get(f"{table}.{name}")
            shown = f' "{value}"' if isinstance(value, str) else ""
            yield f"{their}{shown}: {explain(detail, Config).reason}"
