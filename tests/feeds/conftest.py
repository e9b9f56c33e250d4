from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.config import Config
from syndicate.feeds.disk import DISK
from syndicate.model import Entry, Picture, Source

NOON = datetime(2024, 5, 18, 12, 0, tzinfo=UTC)

MakeEntry = Callable[..., Entry]


def make_entry(number: int = 0, **fields: Any) -> Entry:
    when = NOON - timedelta(hours=number)
    given: dict[str, Any] = {
        "identity": f"tag:news.example,2024:post-{number}",
        "title": f"소식 {number}",
        "link": f"https://news.example/2024/{number}.html",
        "published": when,
        "updated": when,
        "excerpt": f"첫 문장 {number}.",
        "html": f'<p>본문 <b>{number}</b> <a href="https://a.example/?b=1&amp;c=2">x</a>',
    }
    return Entry(**(given | fields))


@pytest.fixture
def open_files() -> Callable[[], int]:
    """Counts this process's open files, once the disk's threads have closed theirs."""

    def count() -> int:
        DISK.let_go()
        return len(list(Path("/dev/fd").iterdir()))

    return count


@pytest.fixture
def entry() -> MakeEntry:
    return make_entry


@pytest.fixture
def full_entry() -> Entry:
    """An entry that has everything."""
    return make_entry(
        1,
        title="속보: <태풍> & 비",
        updated=NOON,
        authors=["김기자", "Lee & Co"],
        categories=["News", "속보"],
        tags=["news", "태풍"],
        language="en",
        picture=Picture(
            url="https://news.example/a.jpg",
            alt='"태풍" <사진>',
            type="image/jpeg",
            length=12345,
            width=800,
            height=600,
        ),
        source=Source(url="https://gov.example/1?a=1&b=2", title="기상청 & 부처"),
    )


@pytest.fixture
def config() -> Config:
    return Config.model_validate(
        {
            "site": {
                "url": "https://news.example",
                "title": "뉴스 & 소식",
                "description": "한 문장 <짧은>",
                "language": "ko",
                "author": "편집국",
                "image": "/로고.png",
            },
            "feeds": {"hubs": ["https://hub.example/", "https://other.example/hub"]},
        }
    )


@pytest.fixture
def bare_config() -> Config:
    """All a config has to say."""
    return Config.model_validate({"site": {"url": "https://news.example/blog"}})
