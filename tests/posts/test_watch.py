import ctypes
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from syndicate.errors import PostError, SetupError
from syndicate.posts.changes import changes
from syndicate.posts.files import read_file
from syndicate.posts.watch import SHUT, STEP, is_post, is_within, scan, stat_of


def test_every_post_below_the_folder_is_found_in_the_same_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.markdown", "2026/다.HTML", "2026/.hidden/x.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert list(scan(tmp_path)) == ["2026/다.HTML", "a.markdown", "b.md"]


@pytest.mark.parametrize("name", ["a.mdx", "a.mdown", "a.mkd", "a.HTM"])
def test_markdown_has_many_endings(name: str) -> None:
    assert is_post(name)


@pytest.mark.parametrize(
    "name", [".a.md", "_a.md", "#a.md", "~a.md", "a.txt", "a.md.swp", "md"]
)
def test_what_editors_and_jekyll_leave_about_is_no_post(name: str) -> None:
    assert not is_post(name)


def test_a_link_to_nowhere_hides_no_other_post(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    (tmp_path / "b.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "c.md")
    (tmp_path / "d.md").symlink_to(tmp_path / "a.md" / "below")
    (tmp_path / "e.md").symlink_to("e" * 300)

    assert list(scan(tmp_path)) == ["a.md"]


def test_a_link_to_a_folder_of_posts_is_told_of_and_not_followed(
    tmp_path: Path,
) -> None:
    root = tmp_path / "posts"
    for folder in ("posts", "more", "pictures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "more" / "a.md").touch()
    (root / "b.md").touch()
    (root / "loop").symlink_to(root)
    (root / "more").symlink_to("../more")
    (root / "pictures").symlink_to("../pictures")
    (root / "_more").symlink_to("../more")
    (root / "file.txt").symlink_to("../more/a.md")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (root / "closed").symlink_to(closed)

    found = scan(root)

    assert list(found) == ["b.md", "loop", "more"]
    with pytest.raises(PostError) as refused:
        read_file(root, "more")
    assert [problem.code for problem in refused.value.problems] == ["SL003"]


@pytest.mark.parametrize(("name", "depth"), [("d", 1100), ("d" * 250, 20)])
def test_folders_may_be_nested_beyond_sense(
    name: str, depth: int, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("글")
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=folder)
        folder, above = os.open(name, os.O_RDONLY, dir_fd=folder), folder
        os.close(above)
    os.close(os.open("b.md", os.O_CREAT, dir_fd=folder))

    found = scan(tmp_path)
    os.unlink("b.md", dir_fd=folder)
    for _ in range(depth):  # pytest itself cannot
        folder, inner = os.open("..", os.O_RDONLY, dir_fd=folder), folder
        os.close(inner)
        os.rmdir(name, dir_fd=folder)
    os.close(folder)
    assert set(found) - {"/".join([name] * depth) + "/b.md"} == {"a.md"}
    assert len(found) == 1 + (len(name) == 1)


def test_a_folder_that_is_not_there_is_an_error_and_not_an_empty_folder(
    tmp_path: Path,
) -> None:
    with pytest.raises(SetupError, match=r"_recipes: .*posts\.dir"):
        scan(tmp_path, ["", "_recipes"])
    with pytest.raises(SetupError, match=r"posts\.dir"):
        scan(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_opened_is_an_error_and_not_an_empty_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "2026").mkdir()
    for number in range(STEP):
        (tmp_path / f"{number}.md").write_text("글")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    def open_no_more() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))

    try:  # the outer folder is being looked at when it comes to this
        with pytest.raises(SetupError, match="Too many open files"):
            scan(tmp_path, give_way=open_no_more)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def somebody_else() -> Iterator[None]:
    """Look at files as an ordinary user: root may open everything."""
    if os.geteuid():
        yield
        return
    library = ctypes.CDLL(None)
    library.setfsuid(1)
    try:
        yield
    finally:
        library.setfsuid(0)


def test_what_is_closed_to_us_is_told_and_not_taken_for_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    for name in ("a.md", "listed/b.md", "shut/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "listed").chmod(0o444)  # its names can be read, and no more
    (tmp_path / "shut").chmod(0)
    with somebody_else():
        found = scan(Path())
        inside, itself = stat_of(Path(), "shut/c.md"), stat_of(Path(), "shut")
        with pytest.raises(PostError) as refused:
            read_file(Path(), "shut", shown="shut")
    (tmp_path / "listed").chmod(0o755)
    (tmp_path / "shut").chmod(0o755)

    assert found.keys() == {"a.md", "listed/b.md", "shut"}
    assert inside == found["listed/b.md"] == SHUT
    assert itself == found["shut"]
    assert stat_of(Path(), "shut") is None
    assert [problem.code for problem in refused.value.problems] == ["SL005"]


def test_what_a_disk_brings_with_it_is_no_folder_of_posts(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "lost+found" / "a.md").touch()

    assert scan(tmp_path) == {}


def test_a_file_that_cannot_be_there_has_no_stat(tmp_path: Path) -> None:
    assert stat_of(tmp_path, "a.md") is None
    assert stat_of(tmp_path, "\0.md") is None


@pytest.mark.parametrize("written", [15_000_000_000, -15_000_000_000])
def test_a_file_may_say_that_it_was_written_at_any_time(
    tmp_path: Path, written: int
) -> None:
    (tmp_path / "a.md").touch()
    os.utime(tmp_path / "a.md", (written, written))

    assert list(scan(tmp_path)) == ["a.md"]
    assert stat_of(tmp_path, "a.md") == scan(tmp_path)["a.md"]


def test_a_rename_is_an_arrival_even_of_an_old_file(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.touch()
    os.utime(draft, (0, 0))
    draft.rename(tmp_path / "a.md")

    found = stat_of(tmp_path, "a.md")

    assert found
    assert time.time() - found.arrived.timestamp() < 60


def test_only_the_folders_named_are_looked_at(tmp_path: Path) -> None:
    names = ("_posts/a.md", "news/_posts/b.md", "about.md", "_posts/_drafts/c.md")
    for name in (*names, "_site/d.html", "news/_posts/.git/e.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    folders = ("_posts", "news/_posts")

    assert list(scan(tmp_path, folders)) == ["_posts/a.md", "news/_posts/b.md"]
    assert [name for name in names if is_within(name, folders)] == list(names[:2])
    assert is_within("sub/a.md", ("",))
    assert not is_within("_drafts/a.md", ("",))
    assert not is_within("sub/_a.md", ("",))


def test_others_may_have_their_turn_while_a_large_folder_is_looked_at(
    tmp_path: Path,
) -> None:
    for number in range(3 * STEP):
        (tmp_path / f"{number}.md").touch()
    turns: list[str] = []

    there = scan(tmp_path, give_way=lambda: turns.append("looked"))
    found = changes({}, there, give_way=lambda: turns.append("compared"))

    assert turns == ["looked"] * 3 + ["compared"] * 3
    assert found == there
    assert len(there) == 3 * STEP
