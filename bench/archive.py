"""
The archive of all posts, once, against Hugo writing all posts in the same two formats.

Both read the same generated posts and render the text of each:

    syndicate   ``feeds.archive = true``: the three feeds, and every post in RSS and Atom
                documents of 30; entries, sanitised and with absolute addresses, are kept
                in the database. As many processes write as there are processors; their
                CPU time counts, and memory is that of the largest
    Hugo        the same three feeds, and one RSS and one Atom document of all posts

The two take turns; medians are compared. What CPU time and memory are is said in
``against_hugo.py``.

    python bench/archive.py [--posts 10000] [--rounds 5]

Needs the ``bench`` extra. Exit status 1: the archive does not hold every post.
"""

import sys
from pathlib import Path

from against_hugo import asked, build_anew, built_site, hugo, show

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
    wanted = asked("The archive against Hugo.")
    with built_site(wanted.posts, all_posts) as folder:
        rounds = [(build_anew(folder), hugo(folder)) for _ in range(wanted.rounds)]
        found = archived(folder)
        sizes = [
            path.stat().st_size >> 20 for path in (folder / "public").glob("*.xml")
        ]
    print(
        f"{wanted.posts} posts, medians of {wanted.rounds} rounds; Hugo's two: {sizes} MiB"
    )
    one = show("syndicate", [ours for ours, _ in rounds])
    other = show("Hugo", [theirs for _, theirs in rounds])
    print(
        f"ratio      {one.cpu / other.cpu:6.2f} of the CPU time, "
        f"{one.wall / other.wall:.2f} of the time, "
        f"{one.memory / other.memory:.2f} of the memory"
    )
    if found != wanted.posts:
        sys.exit(f"{found} posts in the archive")


if __name__ == "__main__":
    main()
