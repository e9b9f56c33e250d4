from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from syndicate.config import Duration, WebAddress, parse_duration
from syndicate.config.values import parse_rate
from syndicate.model import Rate

address = TypeAdapter[str](WebAddress)
duration = TypeAdapter[timedelta](Duration)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0s", timedelta(0)),
        ("100ms", timedelta(milliseconds=100)),
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("7d", timedelta(days=7)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length
    assert duration.validate_python(text) == length
    assert parse_duration(length) == length


@pytest.mark.parametrize(
    "text",
    ["", "5", 5, True, None, "5 m", "-5m", "1.5h", "5M", "5w", "٥m", "9999999999s"],
)
def test_anything_else_is_no_duration(text: object) -> None:
    with pytest.raises(ValueError, match="write a duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("https://news.example", "https://news.example"),
        ("https://news.example/", "https://news.example"),
        ("HTTPS://NEWS.example:443/a/", "https://news.example/a"),
        ("http://127.0.0.1:8700", "http://127.0.0.1:8700"),
        ("https://소식.example/길", "https://xn--9l4b4x.example/%EA%B8%B8"),
    ],
)
def test_an_address_is_ascii_and_has_no_closing_slash(text: str, given: str) -> None:
    assert address.validate_python(text) == given


@pytest.mark.parametrize("text", ["news.example", "//a", "ftp://a.example", "", "/a"])
def test_a_part_of_an_address_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="write a full address"):
        address.validate_python(text)


@pytest.mark.parametrize(
    ("text", "count", "per"),
    [
        ("20/m", 20, timedelta(minutes=1)),
        ("1/s", 1, timedelta(seconds=1)),
        ("300/5m", 300, timedelta(minutes=5)),
    ],
)
def test_a_rate_is_how_many_in_what_time(text: str, count: int, per: timedelta) -> None:
    rate = Rate(count=count, per=per)

    assert parse_rate(text) == rate
    assert parse_rate(rate) == rate


@pytest.mark.parametrize("text", ["", "20", "0/m", "1/0m", "-1/s", 5, "1/w", "1/m "])
def test_anything_else_is_no_rate(text: object) -> None:
    with pytest.raises(ValueError, match="write how many in what time"):
        parse_rate(text)
