from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.posts.dates import (
    FormError,
    ZoneError,
    file_date,
    is_naive,
    parse_date,
    slug_of,
)

SEOUL = ZoneInfo("Asia/Seoul")
NINE = datetime(2024, 5, 18, 0, tzinfo=UTC)  # nine in the morning in Seoul
MIDNIGHT = datetime(2024, 5, 17, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-18",
        "2024-05-18 및 2024-05-19",
        "2024-5-18",
        " 2024-05-18 ",
        "2024/05/18",
        "2024.05.18",
        "2024. 5. 18.",
        "2024년 5월 18일",
        "20240518",
        "18 May 2024",
        "18-May-2024",
        "18th May 2024",
        "May 18, 2024",
        "May 18th 2024",
        "Saturday, May 18, 2024",
        "2024-05-18 12:00 AM",
        "18-5-2024",
        "18-May-24",
        "2024 May 18",
        "2024, May 18",
        "May-18-2024",
    ],
)
def test_a_day_alone_begins_at_midnight_in_the_sites_zone(text: str) -> None:
    assert parse_date(text, SEOUL) == MIDNIGHT


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-18 09:00",
        "2024-05-18 9:00:00",
        "2024-05-18 9.00",
        "2024-05-18 09:00::00 +09:00",
        "2024-05-18 09:00:00:21",
        "2024-05-18 00.00 UTC",
        "2024-05-18T09:00:00",
        "2024-05-18 09:00:00 +0900",
        "2024-05-18 09:00:00 +09:00",
        "2024-05-18 09:00:00 +9",
        "2024-05-18T09:00:00+0900",
        "2024-05-18T00:00:00Z",
        "2024-05-18T00:00:00.123Z",
        "2024-05-18 09:00 KST",
        "2024-05-18 09:00 Asia/Seoul",
        "2024-05-17 20:00 America/New_York",
        "2024-05-17 8:00 pm America/New_York",
        "2024-05-18 09:00:00 +0900 KST",
        "2024-05-17 20:00:00 -4",
        "20240518T090000",
        "2024-05-18 00:00:00 UTC",
        "2024-05-18 09:00:00 UTC+9",
        "Sat, 18 May 2024 09:00:00 +0900",
        "Sat, 18 May 2024 09:00:00 +0900 (KST)",
        "Sat May 18 09:00:00 KST 2024",
        "Sat May 18 09:00:00 2024 +0900",
        "May 18, 2024 9:00 am",
        "May 18, 2024 at 9:00 a.m.",
        "2024년 5월 18일 9:00",
        "2024-05-18_09:00",
        "2024-05-18 09h00",
        "2024-05-18 9h00m00s",
        "2024-05-18 09",
        "2024/5/18 9",
        "2024-05-18T09",
        "2024-05-18T00Z",
        "2024-05-18 09 +0900",
        "18-5-2024 09:00:00 +0900",
        "18-May-24 09:00",
    ],
)
def test_a_time_is_read_in_every_form_that_jekyll_reads(text: str) -> None:
    assert parse_date(text, SEOUL) == NINE


def test_noon_and_the_evening_are_told_apart() -> None:
    noon = parse_date("2024-05-18 12:00 pm", SEOUL)
    evening = parse_date("2024-05-18 9:30 PM", SEOUL)

    assert (noon.hour, evening.hour, evening.minute) == (3, 12, 30)


@pytest.mark.parametrize("text", ["", "내일", "soon", "12 Foo 2024", "2024", "+0900"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        parse_date(text, SEOUL)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-13-01", "no month 13"),
        ("2024-00-01", "no month 0"),
        ("2024-02-30", "2024-02 has no day 30"),
        ("2024-02-30 09:00:00 +0900", "2024-02 has no day 30"),
        ("2024-02-29 24:00:00 +0900", "there is no hour 24"),
        ("2024-05-18 24:00", "no hour 24"),
        ("2024-05-18 09:60", "no minute 60"),
        ("2024-05-18 23:59:60", "no second 60"),
        ("0000-05-18", "no year 0000"),
        ("0001-01-01", "no year 0001"),
        ("9999-12-31 23:59:59 -1200", "end of the calendar"),
    ],
)
def test_a_day_or_time_that_there_is_not_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_date(text, SEOUL)


@pytest.mark.parametrize("zone", ["XYZ", "+2500", "+15:00", "Mars/Base", "Asia/Seoull"])
def test_a_zone_that_nobody_knows_is_named(zone: str) -> None:
    with pytest.raises(ZoneError, match=zone.replace("+", r"\+")):
        parse_date(f"2024-05-18 09:00:00 {zone}", SEOUL)


def test_only_a_time_with_seconds_and_no_zone_is_read_otherwise_by_jekyll() -> None:
    assert is_naive("2024-05-18 09:00:00")
    assert not is_naive("2024-05-18 09:00")
    assert not is_naive("2024-05-18 09:00:00 +0900")
    assert not is_naive("2024/05/18 09:00:00")
    assert not is_naive("내일")


@pytest.mark.parametrize(
    "name", ["2024-05-18-quake.md", "2024-5-18-quake.md", "24-5-18-quake.md"]
)
def test_a_file_name_has_a_date(name: str) -> None:
    assert file_date(name, SEOUL) == MIDNIGHT
    assert slug_of(name) == "quake"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("quake.md", "quake"),
        ("2024-05-18.md", "2024-05-18"),
        ("124-05-18-quake.md", "124-05-18-quake"),
        ("v1.2.md", "v1.2"),
        ("quake...md", "quake"),
        ("quake", "quake"),
    ],
)
def test_or_it_has_none(name: str, slug: str) -> None:
    assert file_date(name, SEOUL) is None
    assert slug_of(name) == slug


def test_two_digits_are_a_year_of_this_century_or_the_last() -> None:
    assert str(file_date("68-1-2-a.md", ZoneInfo("UTC"))).startswith("2068")
    assert str(file_date("69-1-2-a.md", ZoneInfo("UTC"))).startswith("1969")


def test_a_date_in_a_file_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no month 13"):
        file_date("2024-13-18-quake.md", SEOUL)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-18 21:00.000000000 +09:00",
        "2024-05-18 21:00:00 2024 +0900",
        "Sat May 18 21:00:00 +0900 2024",
        "2024-05-18T21:00:00+09:00[Asia/Seoul]",
        "2024-05-18 9pm",
        "2024-05-18 (토) 21:00",
        "2024년 5월 18일 오후 9시",
        "2024년 5월 18일 오후 9:00",
        "2024年5月18日 21:00",
        "18/05/2024 21:00",
        "18.05.2024 21:00",
        "2024-May-18 21:00",
        "2024-139 21:00",
        "24-05-18 21:00",
        "202405182100",
        "2024-05-18T21",
        "2024–05–18 21:0:0",
        "Saturday, 18th of May 2024 21:00",
        "'2024-05-18 21:00'",
        "2024-05-18 21:00,",
    ],
)
def test_less_plain_forms_are_read_too(text: str) -> None:
    assert parse_date(text, SEOUL) == datetime(2024, 5, 18, 12, tzinfo=UTC)


def test_a_month_alone_is_its_first_day() -> None:
    first = datetime(2024, 4, 30, 15, tzinfo=UTC)

    assert parse_date("2024-05", SEOUL) == first
    assert parse_date("May 2024", SEOUL) == first


@pytest.mark.parametrize("text", ["2024-W20-6", "0000-001", "9" * 200, "9999-999"])
def test_what_has_no_such_form_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - either kind
        parse_date(text, SEOUL)
