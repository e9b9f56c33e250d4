import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

LONG_AGO = 1_700_000_000
"""14 November 2023 in Greenwich, the 15th in Seoul."""


def dates(desk: Any) -> dict[str, str]:
    items = json.loads(desk.feed())["items"]
    return {item["title"]: item["date_published"] for item in items}


def dated(path: Path, seconds: int) -> None:
    os.utime(path, (seconds, seconds))


def test_what_was_there_before_us_counts_from_when_it_was_written(desk: Any) -> None:
    dated(desk.save("a.md", "title: 하나"), LONG_AGO)
    dated(desk.save("b.md", "title: 둘", "date: 2024-01-02"), LONG_AGO)
    desk.look()

    assert dates(desk)["하나"] == "2023-11-14T22:13:20+00:00"
    assert dates(desk)["둘"] == "2024-01-01T15:00:00+00:00"
    assert "https://news.example/2023/11/15/a.html" in desk.feed()
    assert "tag:news.example,2023-11-14:" in desk.feed()


def test_what_comes_later_counts_from_when_it_came(open_desk: Any) -> None:
    desk = open_desk()
    dated(desk.save("a.md", "title: 하나"), LONG_AGO)
    desk.look()

    found = datetime.fromisoformat(dates(desk)["하나"])
    assert desk.clock() - found < timedelta(minutes=1)


@pytest.mark.parametrize("seconds", [-1_000_000_000, 15_000_000_000])
def test_a_file_written_at_an_impossible_time_has_a_possible_one(
    desk: Any, seconds: int
) -> None:
    dated(desk.save("a.md", "title: 하나"), seconds)
    desk.look()

    found = datetime.fromisoformat(dates(desk)["하나"])
    assert datetime.fromisoformat("1970-01-01T00:00Z") <= found <= desk.clock()
