import pytest

from syndicate.config.place import Way, place_of

TEXT = """\
# a comment
[site]
url = "https://news.example"

[ alerts ]
not_after = "30m"

[[alerts.rules]]
name = "one"
[alerts.rules.match]
title = "x"

[[alerts.rules]]
name = "two"
match = { category = ["a"], title = "x" }

[[channels]]
"name" = "desk"
limits . text = 5
"""


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (("site",), (2, 1)),
        (("site", "url"), (3, 1)),
        (("alerts", "not_after"), (6, 1)),
        (("alerts", "rules", 0, "match", "title"), (11, 1)),
        (("alerts", "rules", 1), (13, 1)),
        (("alerts", "rules", 1, "match", "title"), (15, 29)),
        (("alerts", "rules", 1, "match", "category", 0), (15, 11)),
        (("alerts", "rules", 1, "severity"), (13, 1)),
        (("channels", 0, "name"), (18, 2)),
        (("channels", 0, "limits", "text"), (19, 1)),
        (("store", "url"), (1, 1)),
    ],
)
def test_a_key_is_found_where_a_person_would_look(
    where: Way, place: tuple[int, int]
) -> None:
    assert place_of(TEXT, where) == place


def test_a_file_without_a_line_has_a_first_line() -> None:
    assert place_of("", ("site", "url")) == (1, 1)
