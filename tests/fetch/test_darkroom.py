import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.channels.base import PictureError
from syndicate.fetch import darkroom as module
from syndicate.fetch.darkroom import Darkroom
from syndicate.model import PictureLimits
from tests.fetch.conftest import Web
from tests.fetch.test_develop import photo
from tests.receiver import Connection, answer, hang

LIMITS = PictureLimits(size=1_000_000, alt=1_000)
SMALL = PictureLimits(size=1_000_000, alt=1_000, side=30)
SITE = "https://news.example"
SOON = timedelta(minutes=1)  # at the latest


@pytest.fixture
def room(web: Web, tmp_path: Path) -> Darkroom:
    return Darkroom(SITE, [tmp_path], web.asker)


def test_a_picture_of_the_site_is_read_from_its_folder(
    room: Darkroom, tmp_path: Path, web: Web
) -> None:
    (tmp_path / "속보.jpg").write_bytes(photo())
    shot = room.get(f"{SITE}/%EC%86%8D%EB%B3%B4.jpg", LIMITS, within=SOON)

    assert (shot.width, shot.height) == (60, 40)
    assert web.asked == []


def test_one_elsewhere_is_fetched_once_for_all_channels(
    room: Darkroom, web: Web
) -> None:
    url = web.put("/a.jpg", photo())
    shots: list[int] = []

    def ask(limits: PictureLimits) -> None:
        shots.append(room.get(url, limits, within=SOON).width)

    threads = [
        threading.Thread(target=ask, args=(each,)) for each in (LIMITS, SMALL) * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(shots) == [30] * 4 + [60] * 4
    assert web.asked == ["/a.jpg"]


def test_what_is_expected_is_there_when_it_is_asked_for(
    room: Darkroom, web: Web
) -> None:
    url = web.put("/a.jpg", photo())
    room.expect(url, LIMITS)
    end = time.monotonic() + 60
    while not web.asked:
        assert time.monotonic() < end, "it waits until it is asked for"
        time.sleep(0.005)

    assert room.get(url, LIMITS, within=SOON).width == 60
    assert web.asked == ["/a.jpg"]


def test_nobody_waits_longer_than_he_says(room: Darkroom, web: Web) -> None:
    web.pages["/slow.jpg"] = hang
    start = time.monotonic()
    with pytest.raises(PictureError, match=r"slow.jpg: not there within 0.1 s"):
        room.get(f"{web.url}/slow.jpg", LIMITS, within=timedelta(seconds=0.1))

    assert time.monotonic() - start < 20


def test_a_failure_is_not_remembered(room: Darkroom, web: Web) -> None:
    url = f"{web.url}/a.jpg"
    with pytest.raises(PictureError, match=r"a.jpg: .*HTTP 404"):
        room.get(url, LIMITS, within=SOON)
    web.put("/a.jpg", photo())

    assert room.get(url, LIMITS, within=SOON).width == 60


def test_an_inside_address_is_not_asked(tmp_path: Path, web: Web) -> None:
    web.put("/a.jpg", photo())
    stranger = Darkroom(SITE, [tmp_path], type(web.asker)(allowed=SOON))
    with pytest.raises(PictureError):
        stranger.get(f"{web.url}/a.jpg", LIMITS, within=SOON)

    assert web.asked == []


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_what_is_too_large_is_left(
    room: Darkroom, web: Web, tmp_path: Path, where: str
) -> None:
    whole = photo() + b"\0" * module.LARGEST
    (tmp_path / "a.jpg").write_bytes(whole)
    url = f"{SITE}/a.jpg" if where == "here" else web.put("/a.jpg", whole)
    with pytest.raises(PictureError, match="larger than 20,971,520 bytes"):
        room.get(url, LIMITS, within=SOON)


def test_only_so_many_are_kept(room: Darkroom, web: Web) -> None:
    content = photo(9, 9)
    for number in range(module.KEPT):
        room.get(web.put(f"/{number}.jpg", content), LIMITS, within=SOON)
    room.get(f"{web.url}/0.jpg", LIMITS, within=SOON)

    assert web.asked.count("/0.jpg") == 2
    assert len(room._jobs) <= module.KEPT + 1


def test_a_broken_answer_is_one_picture_less(room: Darkroom, web: Web) -> None:
    def broken(connection: Connection) -> None:
        answer(200, b"half", Content_Length="99")(connection)

    web.pages["/a.jpg"] = broken
    with pytest.raises(PictureError):
        room.get(f"{web.url}/a.jpg", LIMITS, within=SOON)
