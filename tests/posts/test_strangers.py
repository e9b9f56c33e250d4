from pathlib import Path

from syndicate.posts.strangers import count_strangers


def test_files_in_other_languages_are_counted_where_posts_are_looked_for(
    tmp_path: Path,
) -> None:
    names = "a.md a.qmd news/b.QMD c.textile _d.rst .git/e.rst news/_posts/f.rst x/_drafts/g.rst"
    for name in names.split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert count_strangers(tmp_path) == {".qmd": 2, ".textile": 1, ".rst": 1}
    assert next(iter(count_strangers(tmp_path))) == ".qmd"
    assert count_strangers(tmp_path, ["news"]) == {".qmd": 1, ".rst": 1}
    assert count_strangers(tmp_path, ["nowhere"]) == {}
