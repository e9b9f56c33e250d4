"""
A ``syndicate build`` with nothing to do, and with one new post, against Hugo.

The folder and the feeds are those of ``cold_build.py``; how they are measured is said in
``against_hugo.py``.
Hugo remembers nothing between two builds and makes the same feeds anew.

    nothing    not one file has changed since the build before
    one post   a new post was saved, and stands in the feeds afterwards

CPU time is user and system time, interpreter and imports included. The three take turns;
medians are compared.

    python bench/warm_build.py [--posts 10000] [--rounds 5]

Needs the ``bench`` extra. Exit status 1: a build with nothing to do took 0.4 s of CPU or
more, or wrote a feed; or the new post is missing.
"""

import sys
from pathlib import Path

from against_hugo import Cost, asked, build, built_site, hugo, show, titles
from posts import post

MOST = 0.4  # seconds of CPU
FIRST = 1_000_000  # number of the first post that was not there before


def again(folder: Path) -> Cost:
    """Build once more, and see that no feed was touched."""
    feed = folder / "feeds/rss.xml"
    before = feed.stat().st_mtime_ns
    cost = build(folder)
    if feed.stat().st_mtime_ns != before:
        sys.exit("a build with nothing to do wrote a feed")
    return cost


def with_one_more(folder: Path, index: int) -> Cost:
    """Save a post newer than all others and build."""
    title = f"one more {index}"
    body = post(FIRST + index).text.split("---\n", 2)[2]
    text = f"---\ntitle: {title}\ndate: 2025-07-01 09:{index:02}:00 +0900\n---\n{body}"
    (folder / "_posts" / f"2025-07-01-one-more-{index}.md").write_text(text, "utf-8")
    cost = build(folder)
    if title not in titles(folder / "feeds/feed.json"):
        sys.exit(f"{title} is missing")
    return cost


def main() -> None:
    wanted = asked("Warm build against Hugo.")
    with built_site(wanted.posts) as folder:
        rounds = [
            (again(folder), with_one_more(folder, index), hugo(folder))
            for index in range(wanted.rounds)
        ]
    print(f"{wanted.posts} posts, medians of {wanted.rounds} rounds")
    nothing, one, other = (
        show(name, list(costs))
        for name, costs in zip(
            ("nothing", "one post", "Hugo"), zip(*rounds, strict=True), strict=True
        )
    )
    print(
        f"ratio      {nothing.cpu / other.cpu:6.2f} of the CPU time with nothing to do, "
        f"{one.cpu / other.cpu:.2f} with one post"
    )
    if nothing.cpu >= MOST:
        sys.exit(f"nothing to do, and {nothing.cpu:.2f} s of CPU")


if __name__ == "__main__":
    main()
