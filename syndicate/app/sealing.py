"""
The seal: proof that nothing a build looks at has changed since the last one.

    digest of  version · configuration · every post's stat · database · feeds on disk

It lies beside the database, as ``syndicate.db-seal``. A build that finds it whole is done:
ten thousand posts are neither loaded nor compared one by one. Whatever is missing, torn
or different breaks it, and everything is looked at as if there had never been one.

A database on PostgreSQL cannot be sealed: nothing shows from outside that it changed.
"""

import json
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path

from syndicate import __version__
from syndicate.app.sealed_problems import problem_from_json, problem_to_json
from syndicate.config import Config
from syndicate.errors import Problem
from syndicate.posts.watch import Stat

FILE = "sqlite:///"
UNSEALED = (OSError, ValueError, OverflowError)
"""No seal, a torn one, a file that goes away meanwhile, an inode beyond 63 bits, a
problem that cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a build left behind it."""

    posts: int  # that stand
    until: datetime | None  # when the clock alone changes something
    problems: Sequence[Problem] = ()  # that every build has to tell of


def read_seal(config: Config, there: Mapping[str, Stat]) -> Seal | None:
    """
    Look whether all is as the last build left it.

    Args:
        config: Names the database and the folder of feeds.
        there: The posts folder, as ``scan`` found it.

    Returns:
        ``None`` where anything may have changed.
    """
    database = _database(config)
    if database is None:
        return None
    try:
        digest, said = _place(database).read_text("ascii").split("\n")
        return _parse(said) if digest == _digest(config, there, database) else None
    except UNSEALED:
        return None


def write_seal(config: Config, there: Mapping[str, Stat], seal: Seal) -> None:
    """
    Seal what a build leaves. The database is closed, and no other process has it open.

    A seal that cannot be written costs the next build a second, and nothing else.
    """
    database = _database(config)
    if database is None:
        return
    with suppress(*UNSEALED):
        digest = _digest(config, there, database)
        _place(database).write_text(f"{digest}\n{_write(seal)}", "ascii")


def _write(seal: Seal) -> str:
    return json.dumps(
        {
            "posts": seal.posts,
            "until": seal.until and seal.until.isoformat(),
            "problems": [problem_to_json(each) for each in seal.problems],
        }
    )


def _parse(said: str) -> Seal:
    match json.loads(said):
        case {"posts": int(posts), "until": until, "problems": list(problems)}:
            return Seal(
                posts=posts,
                until=datetime.fromisoformat(until) if until else None,
                problems=tuple(map(problem_from_json, problems)),
            )
    raise ValueError("no seal")


def _database(config: Config) -> Path | None:
    """Give the SQLite file, if it is one and nobody is in the middle of writing it."""
    url = config.store.url.get_secret_value()
    if not url.startswith(FILE) or "?" in url:
        return None
    database = config.folder / url.removeprefix(FILE)
    # What others have written stays in the log while they have the database open.
    log = database.with_name(f"{database.name}-wal")
    return None if log.exists() or not database.is_file() else database


def _place(database: Path) -> Path:
    return database.with_name(f"{database.name}-seal")


def _digest(config: Config, there: Mapping[str, Stat], database: Path) -> str:
    digest = sha256(f"{__version__} {config.path} {config.model_dump_json()}".encode())
    digest.update("\0".join(there).encode("utf-8", "surrogateescape"))
    # Four numbers a post; written out in decimal they took five times as long.
    digest.update(array("q", chain.from_iterable(there.values())).tobytes())
    for path in (database, *_files(config.feeds_dir)):
        found = path.lstat()
        said = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        digest.update(f"{path} {said}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names))
