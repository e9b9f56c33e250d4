"""
What a configuration rests on, told without checking it.

    config.toml, as text · the channels' secrets, by name · the files those are in · _data

Where all of that is as it was, so is the configuration: whoever knows the one may go on as
with the other, and spare the quarter of a second that checking takes.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from syndicate import __version__
from syndicate.posts.data_files import FOLDER, look_at

FILE = "sqlite:///"
DEFAULT = f"{FILE}syndicate.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a configuration rests on."""

    digest: str  # hexadecimal
    database: Path  # SQLite's file


def ground_of(path: Path, environ: Mapping[str, str] = os.environ) -> Ground | None:
    """
    Look at what a configuration rests on. Nothing of it is checked.

    Args:
        path: Of ``config.toml``.
        environ: Where secrets may come from. Their names count, and no value does: a
            build shows none and sends nothing.

    Returns:
        ``None`` where it cannot be read, or its database is not a file of SQLite's.
    """
    try:
        if not path.is_file():  # nor a pipe, which would keep us waiting
            return None
        raw = path.read_bytes()
        tables = tomllib.loads(raw.decode("utf-8-sig"))
        folder = path.resolve().parent
        name = _database(tables)
        if name is None:
            return None
        names = sorted(k for k in environ if k.startswith("SYNDICATE_") and environ[k])
        digest = sha256(raw)
        secrets = [_look(folder / file) for file in _files(tables.get("channels"))]
        data = look_at(folder / FOLDER)
        said = __version__, str(path), str(folder), names, secrets, data
        digest.update(repr(said).encode())
    except (OSError, ValueError, RecursionError):
        return None
    return Ground(digest=digest.hexdigest(), database=folder / name)


def _database(tables: Mapping[str, Any]) -> str | None:
    store = tables.get("store", {})
    url = store.get("url", DEFAULT) if isinstance(store, dict) else None
    if not isinstance(url, str) or not url.startswith(FILE) or "?" in url:
        return None
    return url.removeprefix(FILE)


def _files(tables: object) -> Iterator[str]:
    """Give what ``<key>_file`` names, at any depth."""
    if isinstance(tables, list):
        for each in tables:
            yield from _files(each)
    elif isinstance(tables, dict):
        for key, value in tables.items():
            if key.endswith("_file") and isinstance(value, str):
                yield value
            else:
                yield from _files(value)


def _look(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
