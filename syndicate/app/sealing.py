"""
The seal: proof that nothing a build looks at has changed since the last one.

    digest of  version · configuration · every post's stat · database · feeds on disk

It lies beside the database, as ``syndicate.db-seal``. A build that finds it whole is done:
not even the configuration is checked again. Whatever is missing, torn or different breaks
it, and everything is looked at as if there had never been one.

A database on PostgreSQL cannot be sealed: nothing shows from outside that it changed.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from syndicate.app.ground import Ground
from syndicate.app.sealed_problems import problem_from_json, problem_to_json
from syndicate.errors import Problem
from syndicate.posts.stat import Stat

UNSEALED = (OSError, ValueError)
"""No seal, a torn one, a file that goes away meanwhile, a problem that cannot be kept."""

AT_ONCE = 1000
"""Files that are looked at together."""

Files = Mapping[str, Stat]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a build left behind it."""

    posts: int  # that stand
    until: datetime | None  # when the clock alone changes something
    posts_dir: Path
    posts_folders: tuple[str, ...]  # below it, as ``scan`` takes them
    feeds_dir: Path
    problems: Sequence[Problem] = ()  # that every build has to tell of
    digest: str = ""  # of all that was there; ``write_seal`` works it out


def find_seal(ground: Ground) -> Seal | None:
    """
    Give what the last build left, if its configuration was this one.

    Returns:
        A seal that says where posts and feeds are; ``holds`` tells whether it is whole.
    """
    if not _is_at_rest(ground.database):
        return None
    try:
        basis, digest, said = _place(ground).read_text("ascii").split("\n")
        return _parse(said, digest) if basis == ground.digest else None
    except UNSEALED:
        return None


def holds(seal: Seal, ground: Ground, there: Files) -> bool:
    """
    Look whether all is as the last build left it.

    Args:
        seal: As it was found.
        ground: That of the configuration.
        there: The posts folder, as ``scan`` found it where the seal says.
    """
    try:
        return seal.digest == _digest(seal, ground, there)
    except UNSEALED:
        return False


def write_seal(seal: Seal, ground: Ground, there: Files) -> None:
    """
    Seal what a build leaves. The database is closed, and no other process has it open.

    A seal that cannot be written costs the next build a second, and nothing else.
    """
    if not _is_at_rest(ground.database):
        return
    with suppress(*UNSEALED):
        lines = ground.digest, _digest(seal, ground, there), _write(seal)
        _place(ground).write_text("\n".join(lines), "ascii")


def _write(seal: Seal) -> str:
    return json.dumps(
        {
            "posts": seal.posts,
            "until": seal.until and seal.until.isoformat(),
            "folders": [str(seal.posts_dir), str(seal.feeds_dir), *seal.posts_folders],
            "problems": [problem_to_json(each) for each in seal.problems],
        }
    )


def _parse(said: str, digest: str) -> Seal:
    match json.loads(said):
        case {
            "posts": int(posts),
            "until": until,
            "folders": [str(posts_dir), str(feeds_dir), *folders],
            "problems": list(problems),
        }:
            return Seal(
                posts=posts,
                until=datetime.fromisoformat(until) if until else None,
                posts_dir=Path(posts_dir),
                posts_folders=tuple(map(str, folders)),
                feeds_dir=Path(feeds_dir),
                problems=tuple(map(problem_from_json, problems)),
                digest=digest,
            )
    raise ValueError("no seal")


def _is_at_rest(database: Path) -> bool:
    """Tell whether the database is there and nobody is in the middle of writing it."""
    # What others have written stays in the log while they have the database open.
    log = database.with_name(f"{database.name}-wal")
    return database.is_file() and not log.exists()


def _place(ground: Ground) -> Path:
    return ground.database.with_name(f"{ground.database.name}-seal")


def _digest(seal: Seal, ground: Ground, there: Files) -> str:
    digest = sha256(ground.digest.encode())
    # Part by part: of a hundred thousand paths one text took 12 MB.
    paths, stats = iter(there), iter(there.values())
    while part := list(islice(paths, AT_ONCE)):
        digest.update("\0".join([*part, ""]).encode("utf-8", "surrogateescape"))
        digest.update(b"".join(islice(stats, AT_ONCE)))
    for path in (ground.database, *_files(seal.feeds_dir)):
        found = path.lstat()
        said = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        digest.update(f"{path} {said}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names))
