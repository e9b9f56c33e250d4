"""A repository of posts under a running daemon: who is who over everything git does."""

import json
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

MANY = 200
QUIET = 1.5  # seconds for which a feed has to stay the same


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=desk", "-c", "user.email=desk@news.example", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "edit")


def write(folder: Path, number: int) -> None:
    """Write a post. Some have a title, some a body, that others have too."""
    title = "날씨" if number % 20 == 0 else f"[속보] 소식 {number}"
    body = "같은 글" if number % 20 == 1 else f"글 {number}."
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    lines = ["---", f"title: '{title}'", f"n: {number}", f"date: {day}", "---", body]
    path = folder / f"{day}-post-{number}.md"
    path.write_text("\n".join([*lines, ""]), "utf-8")


def turn(folder: Path) -> None:
    """Rename, move, edit and date anew, several of them at once."""
    for path in sorted(folder.glob("*.md")):
        number = int(path.stem.rpartition("-")[2])
        text = path.read_text("utf-8")
        if number % 6 in {1, 4}:
            text = text.replace("date: 2024", "date: 2023")
        if number % 6 in {2, 4}:
            text = text.replace(
                "\n---\n", "\ncategories: [하나]\npermalink: /:title-x/\n---\n"
            )
        if number % 6 == 3:
            text += "한 줄 더.\n"
        path.write_text(text, "utf-8")
        if number % 6 in {0, 4}:
            path.rename(path.with_name(f"2023-01-01-renamed-{number}.md"))
        elif number % 6 in {3, 5}:
            (folder / "안").mkdir(exist_ok=True)
            path.rename(folder / "안" / path.name)


def entries(site: Any) -> dict[str, str]:
    """Give identity to title, as readers see them."""
    feed = json.loads((site.folder / "feeds" / "feed.json").read_text("utf-8"))
    return {item["id"]: item["title"] for item in feed["items"]}


def settled(site: Any, wait_for: Any, number: int) -> dict[str, str]:
    """Wait until the feed has so many entries and stays as it is."""
    wait_for(lambda: len(entries(site)) == number)
    before: dict[str, str] = {}
    while before != (before := entries(site)):
        time.sleep(QUIET)
    return before


@pytest.mark.full
def test_git_announces_nothing_and_renames_nobody(
    make_site: Any, receiver: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    config = site.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8") + f"\n[feeds]\nentries = {MANY}\n", "utf-8"
    )
    folder = site.folder / "_posts"
    folder.mkdir(exist_ok=True)
    for number in range(MANY):
        write(folder, number)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    site.start()
    known = settled(site, wait_for, MANY)
    assert Counter(known.values())["날씨"] == MANY // 20

    git(folder, "checkout", "-q", "-b", "turned")
    turn(folder)
    commit(folder)
    wait_for(
        lambda: "한 줄 더." in (site.folder / "feeds" / "feed.json").read_text("utf-8")
    )
    wait_for(lambda: settled(site, wait_for, MANY) == known)
    for branch in ("main", "turned", "main"):
        git(folder, "checkout", "-q", branch)
        wait_for(lambda: settled(site, wait_for, MANY) == known)
    git(folder, "checkout", "-q", "-b", "fewer")
    for number in range(0, MANY, 4):
        git(folder, "rm", "-q", f"*-post-{number}.md")
    commit(folder)
    settled(site, wait_for, MANY * 3 // 4)
    git(folder, "checkout", "-q", "turned")

    wait_for(lambda: settled(site, wait_for, MANY) == known)
    assert receiver.effects == []
