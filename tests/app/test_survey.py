"""Rounds over a real site on loopback, with a real store, under a clock that stands."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.app.gallery import Gallery
from syndicate.app.survey import (
    AGAIN,
    FIRST_WAIT,
    FORGET,
    LONGEST_WAIT,
    MOST_FETCHED,
    Survey,
    wait_after,
)
from syndicate.config import Config
from syndicate.model import Measure, Picture
from syndicate.store.engine import Store
from syndicate.store.pictures import PictureRow, load_pictures, measured_pictures
from syndicate.testing import StoppedClock
from tests.fetch.conftest import Web
from tests.fetch.samples import png


class Round:
    """A survey, and what it surveys."""

    def __init__(self, web: Web, store: Store, folder: Path) -> None:
        self.web = web
        self.store = store
        self.folder = folder
        self.clock = StoppedClock()
        self.survey = self.make()

    def make(self, *, pictures: bool = True) -> Survey:
        said = {"site": {"url": "https://news.example", "files": [str(self.folder)]}}
        config = Config.model_validate(said | {"fetch": {"pictures": pictures}})
        return Survey(
            config,
            store=self.store,
            gallery=Gallery(config, self.measured),
            asker=self.web.asker,
            clock=self.clock,
        )

    def measured(self) -> dict[str, Measure]:
        with self.store.read() as connection:
            return measured_pictures(connection)

    def __call__(self, *urls: str) -> list[str]:
        """Make one round and give the addresses of what was found."""
        return list(self.survey.round([Picture(url=url) for url in urls]))

    def row(self, url: str) -> PictureRow:
        with self.store.read() as connection:
            return load_pictures(connection, [url])[url]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def make_round(web: Web, store: Store, tmp_path: Path) -> Round:
    return Round(web, store, tmp_path)


def test_a_picture_elsewhere_is_measured_once(make_round: Round, web: Web) -> None:
    url = web.put("/a.png", png())
    first, second = make_round(url), make_round(url)

    assert (first, second) == ([url], [])
    assert web.asked == ["/a.png"]
    assert make_round.row(url).width == 40


def test_a_few_are_fetched_in_one_round_the_first_named_first(
    make_round: Round, web: Web
) -> None:
    urls = [web.put(f"/{number}.png", png()) for number in range(MOST_FETCHED + 2)]

    assert make_round(*urls) == urls[:MOST_FETCHED]
    assert make_round(*urls) == urls[MOST_FETCHED:]


def test_one_address_is_asked_once_however_often_it_stands(
    make_round: Round, web: Web
) -> None:
    url = web.put("/a.png", png())
    make_round(url, url)

    assert web.asked == ["/a.png"]


def test_a_failure_waits_longer_each_time(make_round: Round, web: Web) -> None:
    url = web.url + "/none.png"
    make_round(url)
    make_round(url)
    make_round.clock.advance(FIRST_WAIT)
    make_round(url)
    make_round.clock.advance(FIRST_WAIT)
    make_round(url)
    row = make_round.row(url)

    assert len(web.asked) == 2
    assert (row.failures, row.fault) == (2, f"{web.host}: HTTP 404")
    assert row.due_at == row.checked_at + 2 * FIRST_WAIT


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, FIRST_WAIT), (2, 2 * FIRST_WAIT), (99, LONGEST_WAIT)]
)
def test_the_wait_doubles_up_to_a_day(failures: int, wait: timedelta) -> None:
    assert wait_after(failures) == wait


def test_a_server_that_is_away_takes_nothing_back(make_round: Round, web: Web) -> None:
    url = web.put("/a.png", png())
    make_round(url)
    web.put("/a.png", b"", 503)
    make_round.clock.advance(AGAIN)

    assert make_round(url) == [url]
    assert make_round.row(url).failures == 1
    assert make_round.row(url).width == 40


def test_a_picture_that_was_replaced_is_measured_again(
    make_round: Round, web: Web
) -> None:
    url = web.put("/a.png", png())
    make_round(url)
    web.put("/a.png", png(80, 60))
    make_round.clock.advance(AGAIN)
    make_round(url)

    assert make_round.row(url).width == 80


def test_what_another_process_measured_is_not_fetched_again(
    make_round: Round, web: Web
) -> None:
    url = web.put("/a.png", png())
    make_round(url)
    make_round.survey = make_round.make()

    assert make_round(url) == [url]
    assert web.asked == ["/a.png"]


def test_what_failed_is_remembered_over_a_restart(make_round: Round, web: Web) -> None:
    url = web.url + "/none.png"
    make_round(url)
    make_round.survey = make_round.make()

    assert make_round(url) == []
    assert web.asked == ["/none.png"]


def test_a_file_of_the_site_is_looked_at_again_and_never_fetched(
    make_round: Round, web: Web
) -> None:
    file = make_round.folder / "a.png"
    file.write_bytes(png())
    url = "https://news.example/a.png"
    first, again = make_round(url), make_round(url)
    make_round.clock.advance(timedelta(minutes=1))
    later = make_round(url)

    assert (first, again, later) == ([url], [], [url])
    assert make_round.survey.round([]) == {}


def test_a_file_that_is_as_its_entry_says_is_nothing_new(make_round: Round) -> None:
    content = png()
    (make_round.folder / "a.png").write_bytes(content)
    known = Picture(
        url="https://news.example/a.png",
        type="image/png",
        length=len(content),
        width=40,
        height=30,
    )

    assert make_round.survey.round([known]) == {}


def test_an_operator_may_keep_it_off_the_network(make_round: Round, web: Web) -> None:
    make_round.survey = make_round.make(pictures=False)

    assert make_round(web.put("/a.png", png())) == []
    assert web.asked == []


def test_what_stands_in_no_feed_any_more_is_forgotten(
    make_round: Round, web: Web
) -> None:
    url = web.put("/a.png", png())
    make_round(url)
    make_round.clock.advance(AGAIN + FORGET + LONGEST_WAIT)
    make_round()

    assert make_round.measured() == {}
