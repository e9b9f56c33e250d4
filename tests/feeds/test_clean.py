from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.feeds.clean import clean, clean_entry
from syndicate.model import (
    Enclosure,
    Entry,
    Episode,
    Person,
    Picture,
    Source,
    Transcript,
)

MakeEntry = Callable[..., Entry]


@pytest.mark.parametrize(
    "kept",
    [
        "tab\tline\nreturn\r",
        "a & b < c ]]> d",
        "한국어 é",
        "👩‍👩‍👧 🇰🇷",
        "\u200fעברית\u202e",
        "\xa0",
    ],
)
def test_ordinary_text_stays_as_it_is(kept: str) -> None:
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "bad",
    [
        "\0",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9f",
        "\ud800",
        "\uffff",
        "\ufdd0",
        "\U0001fffe",
    ],
)
def test_what_a_feed_may_not_hold_is_taken_out(bad: str) -> None:
    assert clean(f"속{bad}보") == "속보"


def test_the_mark_of_broken_text_is_taken_out() -> None:
    assert clean("속\N{REPLACEMENT CHARACTER}보") == "속보"


@given(st.text())
def test_clean_text_is_text_to_an_xml_parser(text: str) -> None:
    node = etree.Element("title")
    node.text = clean(text)

    assert (etree.fromstring(etree.tostring(node)).text or "") == node.text


def test_every_text_of_an_entry_is_cleaned(entry: MakeEntry) -> None:
    bad = "가\x00나\ud800"
    dirty = entry(
        identity=bad,
        title=bad,
        link=bad,
        excerpt=bad,
        html=bad,
        authors=[bad],
        categories=[bad],
        tags=[bad],
        language=bad,
        picture=Picture(url=bad, alt=bad, type=bad),
        source=Source(url=bad, title=bad),
        enclosures=[Enclosure(url=bad, type=bad, length=1)],
        episode=Episode(
            image=bad,
            chapters=bad,
            transcripts=[Transcript(url=bad, type=bad, language=bad)],
            persons=[Person(name=bad, role=bad, url=bad, image=bad)],
        ),
    )

    cleaned = clean_entry(dirty)

    said = [getattr(cleaned, f.name) for f in fields(Entry)]
    assert [s for s in said if not isinstance(s, datetime)] == [
        "가나",
        "가나",
        "가나",
        "가나",
        "가나",
        ("가나",),
        ("가나",),
        ("가나",),
        "가나",
        Picture(url="가나", alt="가나", type="가나"),
        Source(url="가나", title="가나"),
        (Enclosure(url="가나", type="가나", length=1),),
        Episode(
            image="가나",
            chapters="가나",
            transcripts=(Transcript(url="가나", type="가나", language="가나"),),
            persons=(Person(name="가나", role="가나", url="가나", image="가나"),),
        ),
    ]


def test_dates_are_in_universal_time(entry: MakeEntry) -> None:
    noon = entry().published
    cleaned = clean_entry(entry(published=noon.astimezone(ZoneInfo("Asia/Seoul"))))

    assert cleaned.published.isoformat() == noon.isoformat()


def test_dates_are_in_whole_seconds(entry: MakeEntry) -> None:
    exact = entry().published
    cleaned = clean_entry(
        entry(
            published=exact.replace(microsecond=5), updated=exact.replace(microsecond=7)
        )
    )

    assert (cleaned.published, cleaned.updated) == (exact, exact)


def test_blank_and_repeated_names_are_dropped(entry: MakeEntry) -> None:
    cleaned = clean_entry(entry(authors=["Kim ", "", "Kim"], tags=["\x00", "비", "비"]))

    assert (cleaned.authors, cleaned.tags) == (("Kim",), ("비",))


def test_title_excerpt_and_body_stand_in_for_each_other(entry: MakeEntry) -> None:
    untitled = clean_entry(entry(title=" \x00 ", excerpt="a < b", html=" "))
    mute = clean_entry(entry(title="", excerpt="", html=""))

    assert untitled.title == untitled.excerpt == "a < b"
    assert untitled.html == "<p>a &lt; b</p>"
    assert mute.title == mute.excerpt == mute.link
    assert mute.html == f"<p>{mute.link}</p>"
