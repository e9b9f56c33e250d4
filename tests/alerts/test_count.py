import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.alerts.count import count, unit_name
from syndicate.model import Limits, Unit

# The machine may be busy; time is not what these are about.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

X = Limits(text=280, unit=Unit.X_WEIGHTED, link=23)
MASTODON = Limits(text=500, unit=Unit.GRAPHEMES, link=23)
FAMILY, THUMB, FLAG, KEY_CAP = "👨‍👩‍👧‍👦", "👍🏽", "🇰🇷", "1️⃣"


def counted(text: str, unit: Unit) -> int:
    return count(text, Limits(text=1, unit=unit))


@pytest.mark.parametrize(
    ("text", "code_points", "utf16", "graphemes", "utf8"),
    [
        ("", 0, 0, 0, 0),
        ("news", 4, 4, 4, 4),
        ("속보", 2, 2, 2, 6),
        (unicodedata.normalize("NFD", "속보"), 2, 2, 2, 6),
        ("😀", 1, 2, 1, 4),
        (FAMILY, 7, 11, 1, 25),
        (FLAG, 2, 4, 1, 8),
        ("é", 1, 1, 1, 2),
        ("e\u0301", 1, 1, 1, 2),
        ("नि", 2, 2, 1, 6),
        ("\r\n", 2, 2, 1, 2),
        ("\ud800", 1, 1, 1, 3),
    ],
)
def test_each_unit_counts_its_own_way(
    text: str, code_points: int, utf16: int, graphemes: int, utf8: int
) -> None:
    assert counted(text, Unit.CODE_POINTS) == code_points
    assert counted(text, Unit.UTF16) == utf16
    assert counted(text, Unit.GRAPHEMES) == graphemes
    assert counted(text, Unit.BYTES) == utf8


# The numbers of this table are what twitter-text 3.1.0 gives, run by hand.
@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("news", 4),
        ("[속보] ", 7),
        ("가" * 140, 280),
        ("가" * 128 + " https://news.or.kr/%EA%B0%80", 280),
        ("· — “” ‘’", 9),
        ("…", 2),
        ("～₩　", 6),
        ("漢字", 4),
        ("ㄱㅏ", 4),
        ("é", 1),
        (unicodedata.normalize("NFD", "가"), 2),
        ("©®", 2),
        ("™☎‼", 6),
        ("\u200b", 1),
        (FAMILY, 2),
        (THUMB, 2),
        (FLAG, 2),
        (KEY_CAP, 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("👩‍❤️‍💋‍👨", 2),
        ("👩🏽‍🚀", 2),
        ("🙋🏽‍♀️", 2),
        ("🏳️‍🌈", 2),
        ("☎️", 2),
        ("🫠", 2),
        ("😶‍🌫️", 5),
        ("news.kr", 23),
        ("뉴스news.kr기사", 31),
        ("desk@news.kr", 12),
        ("#news.kr @news.co.kr", 20),
        ("a@b'news.kr", 27),
        ("news.kr.", 24),
        ("README.md", 23),
        ("www.한국", 23),
    ],
)
def test_x_weighs_as_its_own_rules_say(text: str, weight: int) -> None:
    assert count(text, X) == weight


@pytest.mark.parametrize(
    ("text", "least"),
    [("node.js", 7), ("desk@news.kr", 12), ("Mr.Kim", 6), ("www.news.or.kr", 23)],
)
def test_what_x_may_take_for_a_domain_is_not_counted_short(
    text: str, least: int
) -> None:
    assert least <= count(text, X) <= least + 23


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("https://news.example/", 0),
        ("https://news.example/" + "a" * 300, 0),
        ("HTTPS://NEWS.EXAMPLE", 0),
        ("http://xn--3e0b707e.xn--3e0b707e/x", 0),
        ("https://news.kr:8080/a?b=c&d=%EA#e", 0),
        ("https://news.kr/(a)", 0),
        ("https://news.kr/a(b(c))", 0),
        ("(https://news.kr/a)", 2),
        ("https://news.kr.", 1),
        ("https://news.kr/a.", 1),
        ("https://news.kr/a, b", 3),
        ("https://news.kr/가", 2),
        ("https://news.kr에서", 4),
        ("보기https://news.kr", 4),
        ("https://t.co/aBc1", 0),
        ("https://t.co/aBc1's", 2),
        ("https://sub_domain.news.kr/1", 0),
        ("https://news.kr/" + "a" * 4_000, 0),
    ],
)
def test_an_address_counts_the_same_however_long(text: str, rest: int) -> None:
    assert count(text, X) == 23 + rest
    assert count(text, MASTODON) <= 23 + rest


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:8700/feeds/rss.xml?and=more",
        "http://localhost/feeds/rss.xml?and=more",
        "https://desk.internal/feeds/rss.xml",
        "abchttps://news.kr/feeds/rss.xml",
        "https://user:password@news.kr/rss",
        "https://뉴스.한국/%EA%B0%80%EB%82%98",
        "https://news_desk.kr/feeds/rss.xml",
        "https://t.co/" + "a" * 41,
        "https://" + "a" * 64 + ".kr/feeds",
        "https://news.kr/" + "a" * 4_096,
    ],
)
def test_an_address_that_may_be_none_is_counted_letter_by_letter(text: str) -> None:
    assert count(text, X) >= len(text)
    assert count(text, MASTODON) >= len(text)


def test_two_addresses_count_twice() -> None:
    assert count("https://a.kr/1 https://b.kr/2", X) == 47


def test_an_address_counts_its_length_where_the_channel_has_no_rule() -> None:
    plain = Limits(text=100)

    assert count("https://news.kr", plain) == 15


def test_a_channel_may_bring_its_own_unit() -> None:
    def pairs_of_letters(text: str) -> int:
        return (len(text) + 1) // 2

    limits = Limits(text=10, unit=pairs_of_letters)

    assert count("가나다", limits) == 2
    assert unit_name(limits) == "pairs of letters"
    assert unit_name(X) == "weighted characters"


@patient
@given(st.text(), st.text())
def test_no_unit_counts_less_for_more(one: str, two: str) -> None:
    for unit in (Unit.CODE_POINTS, Unit.UTF16, Unit.BYTES):
        limits = Limits(text=1, unit=unit)
        joined = unicodedata.normalize("NFC", f"{one}\n{two}")

        assert count(joined, limits) >= count(one, limits)


@patient
@given(st.text(alphabet="가a.👨‍👩1 \n/:https#@", max_size=60))
def test_x_never_weighs_less_than_its_letters_or_a_link(text: str) -> None:
    visible = unicodedata.normalize("NFC", text)

    assert count(text, X) >= min(1, len(visible))
    assert count(text, X) <= 2 * len(visible) + 23 * (visible.count(".") + 8)
