"""
What is remembered of posts and of what was made from them.

    posts        post ever seen; its identity never changes
    entries      post that stands in a feed, as it was last rendered
    texts        text a corrected post has had, and since when it counts as updated
    withdrawals  post that was taken back, and why
    corrections  alert that put a post right, and the note readers find there
    archive      document of the archive, and whose entries it holds
    pictures     picture that lies elsewhere, and what it measures
    polls        day, feed and reader: how often it asked
"""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from syndicate.store.columns import NUMBER, UtcTime
from syndicate.store.metadata import metadata

posts = Table(
    "posts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("path", Text, nullable=False),  # below the posts folder, with "/"
    Column("identity", Text, nullable=False, unique=True),  # a tag: URI
    Column("first_seen", UtcTime, nullable=False),
    Column("gone_at", UtcTime),  # when its file vanished
    Column("content_hash", String(64), nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("link", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", UtcTime),
    Column("updated", UtcTime),
    Column("baseline", Boolean, nullable=False),  # there before the first run
    Column("considered", Boolean, nullable=False),  # the alert rules have seen it
    Column("marked", Boolean, nullable=False),  # asked for an alert when last seen
    Column("stat", Text, nullable=False),  # opaque here
    Column("record", Text, nullable=False),  # opaque here
    Column("reader", Text, nullable=False),  # what wrote ``record``
)

entries = Table(
    "entries",
    metadata,
    Column("identity", Text, primary_key=True),  # the post's
    Column("record", Text, nullable=False),  # opaque here
)

texts = Table(
    "texts",
    metadata,
    Column("identity", Text, primary_key=True),  # the post's
    Column("digest", String(64), primary_key=True),  # of its title and body
    Column("changed_at", UtcTime),  # none: as it was published
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("identity", Text, primary_key=True),  # the post's
    Column("withdrawn_at", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("alert_id", NUMBER, primary_key=True, autoincrement=False),
    Column("identity", Text, nullable=False, index=True),  # the post's
    Column("corrected_at", UtcTime, nullable=False),
    Column("note", Text, nullable=False),  # what readers are told
)

archive = Table(
    "archive",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("identities", Text, nullable=False),  # one a line, oldest first
    Column("mark", String(64), nullable=False),  # of what it was last written from
)

pictures = Table(
    "pictures",
    metadata,
    Column("url", Text, primary_key=True),
    Column("checked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),  # when it is to be looked at again
    Column("failures", Integer, nullable=False),  # in a row
    Column("fault", Text, nullable=False),  # why the last look failed
    Column("type", Text),  # none: never measured
    Column("length", NUMBER),  # bytes
    Column("width", Integer),  # pixels
    Column("height", Integer),
)

polls = Table(
    "polls",
    metadata,
    Column("day", String(10), primary_key=True),  # "2026-01-31", UTC
    Column("feed", Text, primary_key=True),  # relative to the folder of feeds
    Column("reader", Text, primary_key=True),  # name of a program, never of a person
    Column("requests", NUMBER, nullable=False),
    Column("unmodified", NUMBER, nullable=False),  # answered with 304
    Column("deltas", NUMBER, nullable=False),  # answered with 226
    Column("size_bytes", NUMBER, nullable=False),  # of bodies sent
    Column("subscribers", Integer),  # as announced last
)
