import pytest

from syndicate.web.preconditions import fails

MODIFIED = 1_716_000_000.5  # Sat, 18 May 2024 02:40:00 GMT
TAGS = {'"abc"', '"abc-gzip"'}
BEFORE = "Sat, 18 May 2024 02:39:59 GMT"
THEN = "Sat, 18 May 2024 02:40:00 GMT"


def refused(**asked: str) -> bool:
    headers = {name.replace("_", "-").encode(): text for name, text in asked.items()}
    return fails(headers, TAGS, modified=MODIFIED)


def test_a_request_without_conditions_is_answered() -> None:
    assert not refused()


@pytest.mark.parametrize("header", ["*", " * ", '"abc"', '"x", "abc-gzip"'])
def test_who_wants_this_version_gets_it(header: str) -> None:
    assert not refused(if_match=header)


@pytest.mark.parametrize("header", ['"x"', 'W/"abc"', "abc", ""])
def test_who_wants_another_version_is_told(header: str) -> None:
    """A weak tag does not tell versions apart byte by byte."""
    assert refused(if_match=header)


def test_who_wants_nothing_newer_is_told() -> None:
    assert refused(if_unmodified_since=BEFORE)
    assert not refused(if_unmodified_since=THEN)
    assert not refused(if_unmodified_since="yesterday")


def test_the_tag_beats_the_date() -> None:
    assert not refused(if_match='"abc"', if_unmodified_since=BEFORE)
    assert refused(if_match='"x"', if_unmodified_since=THEN)
