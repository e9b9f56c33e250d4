"""The database a first build makes is the one that any other start would make."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from itertools import starmap
from pathlib import Path

import pytest

from syndicate.errors import StoreError
from syndicate.model import Post
from syndicate.store.audit import verify
from syndicate.store.engine import open_store
from syndicate.store.founding import Founding, NotFoundedError, new_file
from syndicate.store.migrate import as_sql
from syndicate.store.records import Pen
from syndicate.store.rows import PostRow, Switch, TextRow
from syndicate.store.schema import FILE
from syndicate.store.stored import StoredRecords

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-01T21:30:00+09:00")
BASELINE = Switch(
    name="baseline", is_on=True, changed_at=NOW, who="a", reason="첫 실행"
)


def row(number: int, published: datetime | None) -> PostRow:
    post = Post(
        path=f"{number}.md", title=f"지진 {number}", link="", published=published
    )
    return PostRow(
        id=None,
        path=post.path,
        identity=f"tag:news.example,2026:{number}",
        first_seen=NOW,
        gone_at=None,
        content_hash=b"\x01" * 32,
        body_hash=b"",
        link="https://news.example/%EC%A7%80",
        title=post.title,
        published=published,
        updated=None,
        baseline=True,
        considered=True,
        marked=False,
        stat=f"{number} 2 3 4",
        record=post if number else "",
        reader="r",
    )


def write(pen: Pen, rows: Iterable[PostRow]) -> None:
    pen.save_posts(rows)
    pen.save_texts([TextRow(identity="tag:a", digest="d", changed_at=LATER)])
    pen.save_entries({"tag:a": "{}", "tag:b": '{"title":"지진"}'})
    pen.flip(BASELINE)


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as driver:
        return list(driver.iterdump())


def test_a_founded_database_is_the_one_that_is_made_otherwise(tmp_path: Path) -> None:
    rows = list(starmap(row, [(0, None), *((n, LATER) for n in range(1, 1500))]))
    made, founded = tmp_path / "made.db", tmp_path / "founded.db"
    records = StoredRecords(open_store("sqlite:///made.db", tmp_path))
    with closing(records), records.writing() as pen:
        write(pen, rows)
    with closing(Founding(founded)) as founding, founding.writing() as pen:
        write(pen, rows)

    assert dump(founded) == dump(made)
    assert len(dump(made)) > len(rows)


def test_who_comes_next_goes_on_with_it(tmp_path: Path) -> None:
    with Founding(tmp_path / "a.db").writing() as pen:
        write(pen, [row(1, LATER)])

    with closing(StoredRecords(open_store("sqlite:///a.db", tmp_path))) as records:
        with records.remembered() as known:
            assert [each.title for each in known.posts] == ["지진 1"]
            assert known.switches == {"baseline"}
        with records.store.read() as connection:
            assert verify(connection).is_whole


def test_what_ends_the_writing_leaves_nothing_written(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="share the identity"),
        Founding(tmp_path / "a.db").writing() as pen,
    ):
        write(pen, [row(1, LATER), row(1, LATER)])

    records = StoredRecords(open_store("sqlite:///a.db", tmp_path))
    with closing(records), records.remembered() as known:
        assert (list(known.posts), known.switches) == ([], set())


def test_a_database_that_somebody_else_made_meanwhile_is_left_alone(
    tmp_path: Path,
) -> None:
    founding = Founding(tmp_path / "a.db")
    open_store("sqlite:///a.db", tmp_path).close()
    before = dump(tmp_path / "a.db")

    with pytest.raises(NotFoundedError, match="already exists"), founding.writing():
        pytest.fail("it is there already")

    assert dump(tmp_path / "a.db") == before


def test_what_is_in_the_way_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no database at all, and longer than one header" * 9)

    with pytest.raises(StoreError), Founding(tmp_path / "a.db").writing():
        pytest.fail("it is no database")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///new.db", "new.db"),
        ("sqlite:///./new.db", "new.db"),
        ("sqlite:///there.db", None),
        ("sqlite:///no/folder.db", None),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("sqlite:///file:new.db", None),
        ("sqlite:///new.db?mode=ro", None),
        ("sqlite:///a%20b.db", None),
        ("postgresql+psycopg://u:p@h/new", None),
        ("nonsense", None),
    ],
)
def test_only_a_plain_file_that_is_not_there_is_new(
    tmp_path: Path, url: str, name: str | None
) -> None:
    (tmp_path / "there.db").touch()

    assert new_file(url, tmp_path) == (tmp_path / name if name else None)


def test_an_absolute_file_is_where_it_says(tmp_path: Path) -> None:
    file = tmp_path / "new.db"

    assert new_file(f"sqlite:///{file}", Path("/nowhere")) == file


def test_the_schema_is_what_the_tables_say() -> None:
    assert FILE.read_text() == as_sql(), "run `make schema`"
