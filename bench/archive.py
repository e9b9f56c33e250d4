"""
The archive of all posts, once, against Hugo writing all posts in the same two formats.

Both read the same generated posts and render the text of each:

    syndicate   ``feeds.archive = true``: the three feeds, and every post in RSS and Atom
                documents of 30; entries, sanitised and with absolute addresses, are kept
                in the database
    Hugo        the same three feeds, and one RSS and one Atom document of all posts

The two take turns; medians are compared. What CPU time and memory are is said in
``cold_build.py``.

    python bench/archive.py [--posts 10000] [--rounds 5]

Needs the ``bench`` extra. Exit status 1: the archive does not hold every post.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from cold_build import hugo, prepare, show, syndicate

ARCHIVE = "\n[feeds]\narchive = true\n"


def all_posts(folder: Path) -> None:
    """Have both write every post."""
    config = folder / "config.toml"
    config.write_text(config.read_text("utf-8") + ARCHIVE, "utf-8")
    for name in ("rss", "atom"):
        whole = folder / f"layouts/home.{name}feed.xml"
        whole.write_text(whole.read_text("utf-8").replace("first 30 ", ""), "utf-8")


def archived(folder: Path) -> int:
    """Count the entries of the archive."""
    files = (folder / "feeds/archive").glob("*/atom.xml")
    return sum(file.read_bytes().count(b"<entry") for file in files)


def main() -> None:
    options = argparse.ArgumentParser(description="The archive against Hugo.")
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        prepare(folder, asked.posts)
        all_posts(folder)
        syndicate(folder), hugo(folder)
        rounds = [(syndicate(folder), hugo(folder)) for _ in range(asked.rounds)]
        found = archived(folder)
        sizes = [
            path.stat().st_size >> 20 for path in (folder / "public").glob("*.xml")
        ]
    print(
        f"{asked.posts} posts, medians of {asked.rounds} rounds; Hugo's two: {sizes} MiB"
    )
    one = show("syndicate", [ours for ours, _ in rounds])
    other = show("Hugo", [theirs for _, theirs in rounds])
    print(
        f"ratio      {one.cpu / other.cpu:6.2f} of the CPU time, "
        f"{one.wall / other.wall:.2f} of the time, "
        f"{one.memory / other.memory:.2f} of the memory"
    )
    if found != asked.posts:
        sys.exit(f"{found} posts in the archive")


if __name__ == "__main__":
    main()
