import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.topic import LONGEST, Topic, give_slugs, named, slug_of

NOW = datetime(2024, 5, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("지진", "지진"),
        ("지진 속보", "지진-속보"),
        ("Breaking News!", "breaking-news"),
        ("R&D", "r-d"),
        ("日本語 ニュース", "日本語-ニュース"),
        ("सुरक्षा", "सुरक्षा"),
        ("../../etc/passwd", "etc-passwd"),
        ("İstanbul", "i̇stanbul"),
    ],
)
def test_a_slug_keeps_letters_of_any_script(name: str, slug: str) -> None:
    key, _ = named(name)

    assert slug_of(key) == slug


def test_a_name_is_one_whatever_its_unicode_form_capitals_and_blanks() -> None:
    typed = unicodedata.normalize("NFD", "가을  Straße ")

    assert named(typed) == named("가을 Straße")
    assert named(typed)[0] == named("가을 STRASSE")[0]
    assert named(" \x00 ") == ("", "")


@pytest.mark.parametrize("name", ["🔥", "!!!", "\ufe0f", "..", "---"])
def test_a_name_without_a_letter_has_a_slug_of_its_own(name: str) -> None:
    slug = slug_of(name)

    assert slug.startswith("_")
    assert slug != slug_of(name + "!")


def test_a_long_name_fits_the_disk_and_stays_itself() -> None:
    one, other = "가" * 400, "가" * 399 + "나"

    assert len(slug_of(one).encode()) <= LONGEST + 11
    assert slug_of(one) != slug_of(other)


def test_a_slug_is_percent_encoded_in_addresses() -> None:
    topic = Topic(by="tag", name="지진", slug="지진")

    assert topic.folder == "tag/지진/"
    assert topic.address == "tag/%EC%A7%80%EC%A7%84/"


@pytest.mark.parametrize(
    ("language", "by", "title"),
    [
        ("ko", "tag", "솔바람 소식 · 태그: 지진"),
        ("ko-KR", "category", "솔바람 소식 · 분류: 지진"),
        ("ko", "author", "솔바람 소식 · 글쓴이: 지진"),
        ("ko", "language", "솔바람 소식 · 언어: 지진"),
        ("en", "tag", "솔바람 소식 · Tag: 지진"),
        ("ja", "author", "솔바람 소식 · Author: 지진"),
    ],
)
def test_a_feed_is_titled_in_the_language_of_the_site(
    language: str, by: str, title: str
) -> None:
    topic = Topic(by=by, name="지진", slug="지진")

    assert topic.title("솔바람 소식", language) == title


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 3)))
def test_no_two_names_share_an_address(ages: dict[str, int]) -> None:
    since = {}
    for text, days in ages.items():
        if key := named(text)[0]:
            since[key] = NOW + timedelta(days=days)
    slugs: dict[str, str] = {}
    for slug in {slug_of(key) for key in since}:
        slugs |= give_slugs({k: since[k] for k in since if slug_of(k) == slug})

    assert slugs.keys() == since.keys()
    assert len(set(slugs.values())) == len(slugs)
    for slug in slugs.values():
        topic = Topic(by="tag", name="-", slug=slug)
        assert slug == unicodedata.normalize("NFC", slug)
        assert unquote(topic.address) == topic.folder
        assert topic.folder.count("/") == 2
        assert not slug.startswith(".")
        assert len(slug.encode()) < 200


def test_who_keeps_a_slug_does_not_depend_on_order() -> None:
    since = {"c++": NOW, "c#": NOW, "c": NOW + timedelta(days=1)}
    turned = dict(reversed(since.items()))

    assert give_slugs(since) == give_slugs(turned)
    assert give_slugs(since)["c#"] == "c"
    assert give_slugs({}) == {}
