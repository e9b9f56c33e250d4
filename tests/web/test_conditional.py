from email.utils import formatdate

import pytest

from syndicate.web.conditional import Asked, Choice, accepted, choose

NOW = 1_716_000_000.0
MODIFIED = NOW - 100.5
TAGS = {"gzip": '"abc-gzip"', "identity": '"abc"'}


def http_date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def decide(**asked: str) -> Choice:
    return choose(Asked(**asked), TAGS, modified=MODIFIED, now=NOW)


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", ("identity",)),
        ("gzip", ("gzip", "identity")),
        ("GZIP, deflate, br", ("gzip", "identity")),
        ("x-gzip", ("gzip", "identity")),
        ("br;q=0.5, gzip ; q=0.2", ("gzip", "identity")),
        ("gzip;q=0", ("identity",)),
        ("gzip;q=0.5, identity;q=0.8", ("identity", "gzip")),
        ("identity;q=0.5, *;q=0", ("identity",)),
        ("*", ("gzip", "identity")),
        ("*;q=0.1", ("gzip", "identity")),
        ("gzip, identity;q=0", ("gzip",)),
        ("*;q=0", ("identity",)),
        ("deflate", ("identity",)),
        ("gzip;q=high, ;;, ,", ("identity",)),
    ],
)
def test_a_reader_gets_the_coding_it_likes_best(
    header: str, codings: tuple[str, ...]
) -> None:
    assert accepted(header, ("gzip", "identity")) == codings


@pytest.mark.parametrize(
    "header",
    ['"abc"', 'W/"abc"', '"x", "abc"', '"x",W/"abc" , "y"', "*", " * ", '"a,b", "abc"'],
)
def test_a_reader_that_has_it_need_not_fetch_it(header: str) -> None:
    assert decide(if_none_match=header) == Choice(coding="identity", known=True)


@pytest.mark.parametrize("header", ['"x"', "abc", '"abc-gzip"', '"ABC"', '""', '"abc'])
def test_a_reader_that_has_another_version_fetches(header: str) -> None:
    assert decide(if_none_match=header) == Choice(coding="identity", known=False)


def test_the_form_a_reader_holds_is_the_one_it_keeps() -> None:
    held = decide(accept_encoding="gzip", if_none_match='"abc"')
    packed = decide(accept_encoding="gzip", if_none_match='"abc-gzip"')
    refused = decide(accept_encoding="gzip, identity;q=0", if_none_match='"abc"')

    assert held == Choice(coding="identity", known=True)
    assert packed == Choice(coding="gzip", known=True)
    assert refused == Choice(coding="gzip", known=False)


@pytest.mark.parametrize("ago", [100, 50, 0])
def test_nothing_newer_since_then_is_no_news(ago: int) -> None:
    assert decide(if_modified_since=http_date(NOW - ago)).known


@pytest.mark.parametrize(
    "header",
    [
        http_date(NOW - 102),
        http_date(NOW + 60),
        "yesterday",
        "",
        "0",
        "Sat, 99 May 2024 11:00:00 GMT",
        "Sat, 18 May 99999999999 11:00:00 GMT",
        "Sat, 18 May 2024 02:38:40 +0000",
        "18 May 2024 02:38:40 GMT",
        "2024-05-18T02:38:40Z",
        "Sat, 18 May 2024 02:38:40 GMT, Sat, 18 May 2024 02:38:40 GMT",
    ],
)
def test_an_older_date_a_future_one_or_none_is_answered_in_full(header: str) -> None:
    assert not decide(if_modified_since=header).known


@pytest.mark.parametrize(
    "header",
    [
        "Sat, 18 May 2024 02:38:40 GMT",
        "Saturday, 18-May-24 02:38:40 GMT",
        "Sat May 18 02:38:40 2024",
    ],
)
def test_dates_are_read_in_all_three_forms(header: str) -> None:
    """1,716,000,000 is 02:40:00; the file changed 100 s before, two of these later."""
    assert decide(if_modified_since=header).known


def test_the_tag_beats_the_date() -> None:
    now = http_date(NOW)
    old = http_date(0)

    assert not decide(if_none_match='"x"', if_modified_since=now).known
    assert decide(if_none_match='"abc"', if_modified_since=old).known
