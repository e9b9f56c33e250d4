"""A big archive, by the real command."""

import os
import subprocess
import sys
from pathlib import Path

from syndicate.app.archiving import PLENTY
from tests.tables import SITE

COUNTED = """
import os, sys
from syndicate.cli import main

copies = []
sys.addaudithook(lambda event, _: copies.append(os.getpid()) if event == "os.fork" else None)
try:
    main(["build"])
finally:
    print("copies", len(copies))
"""
"""The command, which says at its end how often its process was copied."""


def test_a_build_has_a_process_for_each_processor_write_a_big_archive(
    tmp_path: Path,
) -> None:
    """The feeds are out by then, and the threads that synced them have ended."""
    config = f"{SITE}\n[feeds]\narchive = true\n"
    (tmp_path / "config.toml").write_text(config, "utf-8")
    (tmp_path / "_posts").mkdir()
    for number in range(PLENTY):
        head = f"---\ntitle: 소식 {number}\ndate: 2026-01-01 {number // 60:02}:{number % 60:02}"
        text = f"{head}\n---\n글\n"
        (tmp_path / f"_posts/{number}.md").write_text(text, "utf-8")

    build = subprocess.run(
        [sys.executable, "-c", COUNTED],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    processors = len(os.sched_getaffinity(0))
    hands = processors if processors > 1 else 0
    assert build.stdout.endswith(f"copies {hands}\n")
    documents = (tmp_path / "feeds/archive").glob("*/atom.xml")
    found = sum(each.read_bytes().count(b"<entry") for each in documents)
    assert found == PLENTY
