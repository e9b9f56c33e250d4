from pathlib import Path

from syndicate.posts.changes import changes
from syndicate.posts.watch import SHUT, scan


def test_a_change_is_seen_without_reading_the_file(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text("one", "utf-8")
    before = scan(tmp_path)
    (tmp_path / "a.md").write_text("other", "utf-8")
    (tmp_path / "b.md").rename(tmp_path / "d.md")
    after = scan(tmp_path)

    assert changes(before, after) == {
        "a.md": after["a.md"],
        "b.md": None,
        "d.md": after["d.md"],
    }


def test_what_lies_in_a_folder_that_is_closed_is_not_gone() -> None:
    files = ("a/b/c.md", "a/d.md", "e.md", "ab/f.md", "g/h/i.md")
    there = {"a": SHUT, "g/h": SHUT}

    found = changes(dict.fromkeys(files, SHUT), there)

    assert found == {"a": SHUT, "g/h": SHUT, "e.md": None, "ab/f.md": None}
