"""What a first build of many posts weighs, by the system's own account."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tables import SITE

FEW, MANY = 2_000, 12_000
WEIGHT = 2_000
"""Bytes a post may add: a hundred thousand stay below 250 MB, imports included."""


def weight_of(folder: Path, *, posts: int) -> int:
    """Build a new site and give the memory it took at most, in bytes."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "config.toml").write_text(SITE)
    for number in range(posts):
        name = f"2025-05-18-속보-{number}.md"
        fields = f"title: 솔바람읍 소식을 가장 먼저 전합니다 {number}\ntags: [지진, 재난 {number}]"
        (folder / "_posts" / name).write_text(f"---\n{fields}\n---\n\n{name}\n")
    command = [sys.executable, "-m", "syndicate", "build"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as build:
        _, build.returncode, used = os.wait4(build.pid, 0)
    assert build.returncode == 0
    return used.ru_maxrss * 1024


@pytest.mark.full
def test_a_post_adds_little_to_a_first_build(tmp_path: Path) -> None:
    few = weight_of(tmp_path / "few", posts=FEW)
    many = weight_of(tmp_path / "many", posts=MANY)

    assert (many - few) / (MANY - FEW) < WEIGHT
