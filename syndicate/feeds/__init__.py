"""
Entries become files that readers fetch.

    posts -> select -> (entries) -> feed -> rss, atom, json_feed -> publish -> readers

    select      which feeds, which posts in each, in which order
    topic, topics, order
                what has a feed of its own; its posts, kept in order as they come
    words       the few words feeds say themselves
    feed        the feed as a value; what a format is, and where formats are found
    rss, atom, json_feed
                one format each; a further file with a ``FORMAT`` is a further format
    generator   feedgen, set up: what RSS and Atom share
    extension   what puts feedgen's elements right
    build       a feed in every format
    archive     older posts, in documents that stay as they are
    podcast     what players need beside the enclosure
    tombstones  what was withdrawn or deleted, for partners
    opml, news  what leads to the feeds, and to the posts of two days
    page, layout, reader_links
                what a person reads, with page.css
    signposts   these three, written once the feeds are out
    clean, cleaner
                text that every reader accepts; entries made of it, once
    shown       what is shown or played with an entry, in XML
    partners    feeds as one company or another wants them
    retire      feeds of topics that are no more
    press       every feed that is to be written anew
    edition, laid, earlier
                files shown together; laid ready before; made of those before
    standing    what lies on the disk
    gate        a new file is read back before it replaces the old
    publish     files replaced whole, synced, and only when they changed
    aside, disk one file written aside; the threads that sync
    digests     what the feeds say, for whoever is to be told of changes
"""

from syndicate.feeds.build import build_feeds
from syndicate.feeds.feed import formats
from syndicate.feeds.publish import publish
from syndicate.feeds.select import select

__all__ = ["build_feeds", "formats", "publish", "select"]
