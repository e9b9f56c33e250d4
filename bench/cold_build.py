"""
A cold ``syndicate build`` against Hugo writing the same feeds, as ratios.

Both read the same generated posts and write RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the
30 newest, with their full text, and nothing else:

    syndicate   no database and no feeds beforehand; posts are checked, filed in the
                database, sanitised, and every address made absolute
    Hugo        ``hugo build`` on ``bench/hugo_site/``: no output folder beforehand; every kind
                of page is off, and posts are only listed (``build.render = "link"``),
                so that Hugo, too, renders the text of no more than those 30; it neither
                sanitises nor remembers

The two take turns; medians are compared. ``against_hugo.py`` says how they are measured.

    python bench/cold_build.py [--posts 10000] [--rounds 5]

Needs the ``bench`` extra. Exit status 1: the two feeds do not hold the same posts.
"""

import sys

from against_hugo import asked, build_anew, built_site, hugo, show, titles


def main() -> None:
    wanted = asked("Cold build against Hugo.")
    with built_site(wanted.posts) as folder:
        rounds = [(build_anew(folder), hugo(folder)) for _ in range(wanted.rounds)]
        ours = titles(folder / "feeds/feed.json")
        theirs = titles(folder / "public/feed.json")
    print(f"{wanted.posts} posts, medians of {wanted.rounds} rounds")
    one = show("syndicate", [cost for cost, _ in rounds])
    other = show("Hugo", [cost for _, cost in rounds])
    print(
        f"ratio      {one.cpu / other.cpu:6.2f} of the CPU time, "
        f"{one.memory / other.memory:.2f} of the memory"
    )
    if ours != theirs:
        sys.exit(f"not the same posts: {ours ^ theirs}")


if __name__ == "__main__":
    main()
