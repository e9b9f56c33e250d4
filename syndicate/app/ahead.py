"""
What is done about files before they lie still; ``Newsroom.look`` then finds it done.

    seen to change -> read, rendered -> (shortly before it lies still) feeds laid out

Nothing is filed, and nobody sees any of it.
"""

from syndicate.app.newsroom import Newsroom
from syndicate.app.planning import Changes
from syndicate.posts.stat import Stat


def look_ahead(newsroom: Newsroom, path: str, stat: Stat) -> None:
    """
    Read and render a file that does not lie still yet.

    If it stays as it is, that is done, and its feeds are half written.
    """
    seen = newsroom.reader.look_ahead(path, stat, at=newsroom.clock())
    plan = newsroom.planned({path: stat}, [seen], alerting=False)
    for filing in plan.filings:
        if filing.filed:
            newsroom.stand.write_ahead(filing.filed)


def lay_out_ahead(newsroom: Newsroom, coming: Changes) -> None:
    """
    Lay out the feeds as they will be if files stay as they were read ahead.

    They are written aside and synced, and only have to be shown when the look has
    written everything down. It ends in a look at just these files, or in
    ``stand.discard``; until then no other process publishes.

    Args:
        newsroom: Whose posts they are.
        coming: All files that do not lie still yet.
    """
    there = [(path, stat) for path, stat in coming.items() if stat]
    seen = [each for at in there if (each := newsroom.reader.seen_ahead(*at))]
    if len(seen) == len(there):
        plan = newsroom.planned(coming, seen, alerting=False)
        newsroom.stand.lay_out_ahead(plan.posts)
