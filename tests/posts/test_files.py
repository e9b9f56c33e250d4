import os
import socket
from pathlib import Path

import pytest

from syndicate.errors import PostError
from syndicate.posts.files import MOST, read_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "_posts"
    (folder / "2026").mkdir(parents=True)
    (folder / "a.md").write_bytes(b"a post")
    (folder / "2026" / "b.md").write_bytes(b"another")
    (tmp_path / "secret.md").write_bytes(b"not a post")
    return folder


def refusal(root: Path, path: str) -> tuple[str, str]:
    with pytest.raises(PostError) as caught:
        read_file(root, path)
    (problem,) = caught.value.problems
    return problem.code, problem.file


def test_a_file_is_read(root: Path) -> None:
    assert read_file(root, "a.md") == b"a post"
    assert read_file(root, "2026/b.md") == b"another"


def test_a_name_may_be_in_any_script(root: Path) -> None:
    (root / "강진.md").write_bytes(b"x")

    assert read_file(root, "강진.md") == b"x"


def test_a_file_that_has_grown_since_it_was_measured_is_read_whole() -> None:
    """As every file of ``/proc`` has: the kernel says they are empty."""
    folder = Path("/proc/self")

    assert (folder / "environ").stat().st_size == 0
    assert read_file(folder, "environ") == (folder / "environ").read_bytes() != b""


def test_the_folder_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(root)

    assert read_file(tmp_path / "linked", "a.md") == b"a post"


@pytest.mark.parametrize(
    "path",
    [
        "none.md",
        "2025/b.md",
        "../secret.md",
        "2026/../a.md",
        "/etc/hosts",
        "a\0.md",
        "a.md/b",
    ],
)
def test_what_is_not_there_is_named(root: Path, path: str) -> None:
    assert refusal(root, path)[0] == "SL001"


def test_a_problem_names_the_file_from_its_folder_on(root: Path) -> None:
    assert refusal(root, "2025/b.md")[1] == "_posts/2025/b.md"
    assert refusal(root, "\udcff.md")[1] == r"_posts/\udcff.md"


def test_a_link_is_not_followed(root: Path) -> None:
    (root / "link.md").symlink_to("../secret.md")
    (root / "inside.md").symlink_to("a.md")
    (root / "folder").symlink_to("2026")

    assert refusal(root, "link.md")[0] == "SL003"
    assert refusal(root, "inside.md")[0] == "SL003"
    assert refusal(root, "folder/b.md")[0] == "SL003"


def test_what_is_no_file_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "fifo.md")
    (root / "folder.md").mkdir()
    (root / "device.md").symlink_to("/dev/zero")

    assert refusal(root, "fifo.md")[0] == "SL002"
    assert refusal(root, "folder.md")[0] == "SL002"
    assert refusal(root, "device.md")[0] == "SL003"


def test_nor_is_a_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")

        assert refusal(root, "socket.md")[0] == "SL002"


def test_a_file_of_many_megabytes_is_refused(root: Path) -> None:
    (root / "long.md").write_bytes(b"x" * MOST)
    (root / "longer.md").write_bytes(b"x" * (MOST + 1))

    assert len(read_file(root, "long.md")) == MOST
    assert refusal(root, "longer.md")[0] == "SL004"


def test_a_file_with_more_in_it_than_its_size_says_is_read_to_its_end() -> None:
    status = read_file(Path("/proc/self"), "status")

    assert status.startswith(b"Name:")
    assert status.endswith(b"\n")


def test_a_name_that_cannot_be_is_refused_with_the_reason(root: Path) -> None:
    with pytest.raises(PostError, match="file name too long"):
        read_file(root, "x" * 300)


def test_nothing_stays_open(root: Path) -> None:
    opened = Path("/proc/self/fd")
    before = len(list(opened.iterdir()))
    read_file(root, "2026/b.md")
    refusal(root, "2026/none.md")

    assert len(list(opened.iterdir())) == before
