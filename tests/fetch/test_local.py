import os
import time
from pathlib import Path

import pytest

from syndicate.fetch.local import measure_file
from syndicate.model import Measure
from tests.fetch.samples import jpeg, png


def save(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_file_is_measured(tmp_path: Path) -> None:
    content = save(tmp_path / "images" / "a.jpg", png()).read_bytes()

    assert measure_file("images/a.jpg", [tmp_path]) == Measure(
        type="image/png", length=len(content), width=40, height=30
    )


def test_the_first_folder_that_has_it_counts(tmp_path: Path) -> None:
    save(tmp_path / "static" / "a.png", png(9, 9))
    folders = [tmp_path, tmp_path / "static", tmp_path / "missing"]

    found = measure_file("a.png", folders)
    save(tmp_path / "a.png", png(8, 8))
    nearer = measure_file("a.png", folders)

    assert found
    assert nearer
    assert (found.width, nearer.width) == (9, 8)


def test_a_size_that_stands_far_into_the_file_is_found(tmp_path: Path) -> None:
    save(tmp_path / "a.jpg", jpeg(before=300_000))

    found = measure_file("a.jpg", [tmp_path])

    assert found
    assert found.width == 40


@pytest.mark.parametrize(
    "path", ["../secret.png", "images/../../secret.png", "out.png"]
)
def test_nothing_outside_of_the_folder_is_measured(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    save(tmp_path / "secret.png", png())
    save(site / "images" / "a.png", png())
    (site / "out.png").symlink_to(tmp_path / "secret.png")

    assert measure_file(path, [site]) is None


def test_a_link_to_a_folder_outside_is_no_way_out(tmp_path: Path) -> None:
    save(tmp_path / "elsewhere" / "a.png", png())
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "images").symlink_to(tmp_path / "elsewhere")

    assert measure_file("images/a.png", [tmp_path / "site"]) is None


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    save(tmp_path / "2026" / "a.png", png())
    (tmp_path / "latest").symlink_to("2026")
    (tmp_path / "loop").symlink_to("loop")

    assert measure_file("latest/a.png", [tmp_path]) is not None
    assert measure_file("loop/a.png", [tmp_path]) is None


def test_what_is_no_file_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    (tmp_path / "b.png").mkdir()
    start = time.monotonic()

    assert measure_file("a.png", [tmp_path]) is None
    assert measure_file("b.png", [tmp_path]) is None
    assert measure_file("n" * 300 + ".png", [tmp_path]) is None
    assert time.monotonic() - start < 20


def test_a_page_that_is_called_a_picture_is_none(tmp_path: Path) -> None:
    save(tmp_path / "a.png", b"<html>Sign in</html>")

    assert measure_file("a.png", [tmp_path]) is None
