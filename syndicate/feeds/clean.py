"""
Text that every XML parser and every reader accepts.

Posts come clean (``posts/plain.py`` says of what); what the configuration says, or an
earlier version kept, does not.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from html import escape

from syndicate.model import (
    Enclosure,
    Entry,
    Episode,
    Person,
    Picture,
    Source,
    Transcript,
)
from syndicate.posts.plain import REFUSED


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Take out the characters a feed may not hold. Nothing is put in their place."""
    return REFUSED.sub("", text)


def clean_entry(entry: Entry) -> Entry:
    """
    Make an entry fit for any format.

    Returns:
        The entry with clean text, dates in UTC and whole seconds (RFC 822 knows
        nothing finer), no blank or repeated name, and a title, an excerpt and a body that are never
        empty: a feed that leaves one out is refused by some readers. It can be hashed.

    Raises:
        ValueError: It has no identity or no link, or a date without a zone.
    """
    identity, link = _words(entry.identity), _words(entry.link)
    if not (identity and link):
        raise ValueError("it has no identity or no link")
    title = _words(entry.title) or _words(entry.excerpt) or link
    excerpt = _words(entry.excerpt) or title
    html = REFUSED.sub("", entry.html)  # no body is asked for twice: it is not kept
    return replace(
        entry,
        identity=identity,
        title=title,
        link=link,
        published=_moment(entry.published),
        updated=_moment(entry.updated),
        excerpt=excerpt,
        html=html if html.strip() else f"<p>{escape(excerpt, quote=False)}</p>",
        authors=_names(entry.authors),
        categories=_names(entry.categories),
        tags=_names(entry.tags),
        language=clean(entry.language),
        picture=entry.picture and _picture(entry.picture),
        source=entry.source and _source(entry.source),
        enclosures=tuple(map(_enclosure, entry.enclosures)),
        episode=entry.episode and _episode(entry.episode),
    )


def _moment(moment: datetime) -> datetime:
    """One moment, one way to write it: equal entries have equal bytes."""
    if moment.tzinfo is None:
        raise ValueError("a date has no zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _words(text: str) -> str:
    return clean(text).strip()


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names if (name := _words(each))))


def _picture(picture: Picture) -> Picture:
    return replace(
        picture,
        url=clean(picture.url),
        alt=_words(picture.alt),
        credit=_words(picture.credit),
        type=clean(picture.type or "") or None,
    )


def _enclosure(enclosure: Enclosure) -> Enclosure:
    kind = clean(enclosure.type or "") or None
    return replace(enclosure, url=clean(enclosure.url), type=kind)


def _episode(episode: Episode) -> Episode:
    return replace(
        episode,
        image=clean(episode.image),
        chapters=clean(episode.chapters),
        transcripts=tuple(
            Transcript(
                url=clean(each.url),
                type=clean(each.type),
                language=clean(each.language),
            )
            for each in episode.transcripts
        ),
        persons=tuple(
            Person(
                name=_words(each.name),
                role=_words(each.role),
                url=clean(each.url),
                image=clean(each.image),
            )
            for each in episode.persons
        ),
    )


def _source(source: Source) -> Source:
    return Source(url=clean(source.url), title=_words(source.title))
