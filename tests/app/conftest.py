"""A real folder, a real SQLite file, and a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.app import App, open_app
from syndicate.outbox.ledger import LedgerAlert, recent

CONFIG = """
[site]
url = "https://news.example"
title = "솔바람 소식"
language = "ko"
timezone = "Asia/Seoul"

[[channels]]
name = "one"
kind = "log"

[[channels]]
name = "two"
kind = "log"
"""


class Desk:
    """A newsroom that can be closed and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.late = timedelta(0)
        self.app = self._open()

    def _open(self) -> App:
        return open_app(self.folder / "config.toml", clock=self.clock)

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.late

    def reopen(self) -> None:
        self.app.close()
        self.app = self._open()

    def save(self, name: str, *lines: str, body: str = "본문입니다.") -> Path:
        path = self.folder / "_posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["---", *lines, "---", "", body, ""]), "utf-8")
        return path

    def look(self) -> list[str]:
        """Look at the folder and give the titles of the alerts that follow."""
        newsroom = self.app.newsroom
        return [a.alert.title for a in newsroom.look(newsroom.folder.scan()).alerts]

    def feed(self) -> str:
        self.app.newsroom.stand.publish()
        return (self.folder / "feeds" / "feed.json").read_text("utf-8")

    def ledger(self) -> list[LedgerAlert]:
        with self.app.store.read() as connection:
            return recent(connection)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    desk = Desk(tmp_path)
    yield desk
    desk.app.close()


@pytest.fixture
def open_desk(desk: Desk) -> Callable[[], Desk]:
    """Give a desk whose first run is over."""

    def opened() -> Desk:
        assert desk.look() == []
        return desk

    return opened
