from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from syndicate.model import (
    Enclosure,
    Entry,
    Episode,
    Person,
    Picture,
    Post,
    Source,
    Transcript,
)
from syndicate.posts.record import (
    COLUMNS,
    entry_from_record,
    entry_to_record,
    from_record,
    to_record,
)

NOON = datetime(2026, 5, 18, 3, 0, 0, 123456, tzinfo=UTC)
POST = Post(
    path="2026/속보.md",
    title="[속보] 지진",
    link="https://news.example/2026/",
    published=NOON,
    authors=("김",),
    tags=("지진", "재난"),
    content_hash=b"ab",
)
ENTRY = Entry(
    identity="tag:news.example,2026-05-18:1",
    title="[속보] 지진",
    link="https://news.example/2026/",
    published=NOON,
    updated=NOON,
    excerpt="땅이 흔들렸다",
    html="<p>땅이</p>",
    picture=Picture(url="https://news.example/a.png", alt="땅"),
    source=Source(url="https://other.example/", title="다른 곳"),
)


def columns(post: Post) -> dict[str, Any]:
    return {name: getattr(post, name) for name in COLUMNS}


def test_a_post_is_remembered_as_it_was() -> None:
    assert from_record(to_record(POST), **columns(POST)) == POST


def test_a_post_without_a_date_is_remembered_without_one() -> None:
    undated = Post(path="a.md", title="t", link="", published=None)

    assert from_record(to_record(undated), **columns(undated)).published is None


@pytest.mark.parametrize("record", ["", "[]", "{", '["a"]'])
def test_a_record_of_another_version_is_refused(record: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_record(record, **columns(POST))


def test_an_entry_is_remembered_as_it_was() -> None:
    assert entry_from_record(entry_to_record("v1", ENTRY)) == ("v1", ENTRY)


def test_recordings_are_remembered_as_they_were() -> None:
    spoken = replace(
        ENTRY,
        enclosures=(Enclosure(url="https://news.example/1.mp3", length=5),),
        episode=Episode(
            number=1,
            transcripts=(
                Transcript(url="https://news.example/1.vtt", type="text/vtt"),
            ),
            persons=(Person(name="김기자", role="host"),),
        ),
    )

    assert entry_from_record(entry_to_record("v1", spoken)) == ("v1", spoken)


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"version":"1","entry":{"a":1}}'])
def test_an_entry_of_another_version_is_forgotten(record: str) -> None:
    assert entry_from_record(record) is None
