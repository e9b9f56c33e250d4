from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.config import Config, Section, load_config
from syndicate.posts.matter import is_false, is_true
from tests.posts.samples import codes, front, places, post_of, read, site, title_of


def test_the_title_is_the_field() -> None:
    assert title_of("title:  강진이   났다 ") == "강진이 났다"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("글.\n\n## 강진 **속보** ##\n", "강진 속보"),
        ("강진\n===\n", "강진"),
        ('<h2 class="a">강진 &amp; 여진</h2>\n', "강진 & 여진"),
        ("```\n# 코드\n```\n\n# 강진\n", "강진"),
        ("&#xfdd2;강진\n===\n", "강진"),
    ],
)
def test_or_else_the_first_heading(body: str, title: str) -> None:
    assert post_of(front("tags: [지진]", body)).title == title


@pytest.mark.parametrize("body", ["글.", "# {{ page.name }}\n"])
def test_or_else_the_name_of_the_file(body: str) -> None:
    reading = read(front("title:", body), "2026-01-02-big-quake-in-POHANG.md")

    assert reading.post
    assert reading.post.title == "Big Quake In Pohang"
    assert "FM026" in codes(reading)
    assert post_of(front("title:"), "2026-01-02-.md").title == "2026-01-02-.md"


@pytest.mark.parametrize(
    ("key", "field"),
    [("tags", "tags"), ("categories", "categories"), ("authors", "authors")],
)
def test_of_very_many_names_the_first_are_taken(key: str, field: str) -> None:
    names = [f"이름{number}" for number in range(40)]
    reading = read(front(f"title: 강진\n{key}: [{', '.join(names)}]"))

    assert places(reading) == [("FM028", 3, len(key) + 3)]
    assert "이름32" in reading.problems[0].message
    assert list(getattr(reading.post, field)) == names[:32]


def test_bytes_of_a_name_that_are_no_text_are_left_out() -> None:
    post = post_of(front("tags: []"), "\udcff/_posts/2026-01-02-quake-\udcff.md")

    assert post.title == "Quake"
    assert post.categories == ()


def test_markup_in_a_title_is_taken_out() -> None:
    assert title_of("title: 강진 &amp; <em class='x'>여진</em><br>") == "강진 & 여진"
    assert title_of("title: <포항> 5 < 6") == "<포항> 5 < 6"
    assert title_of("title: 강진&#7;&#0;") == "강진"


def test_a_title_may_be_a_mapping_only_by_its_looks() -> None:
    assert title_of("title: {속보}") == "{속보}"
    assert title_of("title:\n  ko: 강진") == "Quake"


def test_a_date_wins_over_the_name_of_the_file() -> None:
    post = post_of(front("title: 강진\ndate: 2026-03-04 09:00 +0900"))

    assert post.published == datetime(2026, 3, 4, tzinfo=UTC)


def test_the_name_of_the_file_wins_over_nothing() -> None:
    assert post_of(front("title: 강진")).published == datetime(
        2026, 1, 1, 15, tzinfo=UTC
    )
    assert post_of(front("title: 강진\ndate:")).published is not None
    assert post_of(front("title: 강진"), "quake.md").published is None


@pytest.mark.parametrize("null", ["null", "Null", "NULL", "~", "''"])
def test_a_date_without_a_value_is_no_date(null: str) -> None:
    fields = front(f"title: null\ndate: {null}\nlastmod: {null}\nexpiryDate: {null}")
    reading = read(fields)

    assert reading.post
    assert reading.post.title == "null"
    assert reading.post.published == datetime(2026, 1, 1, 15, tzinfo=UTC)
    assert (reading.post.updated, reading.post.expires) == (None, None)
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("date", "place"),
    [
        ("내일", ("DT001", 3, 7)),
        ("[2026, 1, 2]", ("DT001", 3, 7)),
        ("2026-13-01", ("DT002", 3, 7)),
        ("2026-01-02 24:00", ("DT002", 3, 7)),
        ("2026-01-02 09:00:00 XYZ", ("DT003", 3, 7)),
    ],
)
def test_a_date_that_is_none_is_an_error_with_its_place(
    date: str, place: tuple[str, int, int]
) -> None:
    reading = read(front(f"title: 강진\ndate: {date}"))

    assert reading.post is None
    assert places(reading) == [place]


def test_every_error_is_told_in_one_reading() -> None:
    reading = read(front("title: 강진\ndate: 내일\npermalink: /:moon/"))

    assert codes(reading) == ["DT001", "SL006"]


def test_a_file_name_with_a_date_that_there_is_not_is_an_error() -> None:
    reading = read(front("title: 강진"), "2026-13-02-quake.md")

    assert codes(reading) == ["DT006"]
    assert "month 13" in reading.problems[0].message


def test_a_time_without_a_zone_is_warned_of_where_jekyll_reads_another() -> None:
    reading = read(front("title: 강진\ndate: 2026-01-02 09:00:00"))

    assert reading.post
    assert reading.post.published == datetime(2026, 1, 2, tzinfo=UTC)
    assert places(reading) == [("DT004", 3, 7)]
    assert "+0900" in reading.problems[0].hint


@pytest.mark.parametrize("date", ['"2026-01-02 09:00:00"', "2026-01-02 09:00"])
def test_and_not_where_it_reads_the_same(date: str) -> None:
    assert codes(read(front(f"title: 강진\ndate: {date}"))) == []


def test_nor_where_the_sites_zone_is_the_one_jekyll_reads() -> None:
    text = front("title: 강진\ndate: 2026-01-02 09:00:00")

    assert codes(read(text, config=site(timezone="UTC"))) == []


@pytest.mark.parametrize("key", ["updated", "lastmod", "modDatetime"])
def test_the_author_may_announce_a_change(key: str) -> None:
    post = post_of(front(f"title: 강진\n{key}: 2026-01-03"))

    assert post.updated == datetime(2026, 1, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["어제", "9999-12-31", "2204-05-18"])
def test_a_change_without_a_date_is_left_aside(text: str) -> None:
    reading = read(front(f"title: 강진\nupdated: {text}"))

    assert reading.post
    assert reading.post.updated is None
    assert places(reading) == [("DT005", 3, 10)]


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("author: 김기자", ("김기자",)),
        ("author: 김, 준", ("김, 준",)),
        ("authors: 김기자, 이기자", ("김기자", "이기자")),
        ("authors: [김기자, 이기자, 김기자, '']", ("김기자", "이기자")),
        ("author: {name: 김기자, email: a@b.c}", ("김기자",)),
        ("authors:\n- name: 김기자\n- 이기자\n- {}", ("김기자", "이기자")),
        ("author: 김기자\nauthors: [이기자]", ("김기자", "이기자")),
        ("author:", ()),
        ("author: 김기자 <a@b.c>", ("김기자",)),
        ("authors: ['\"김\" <a@b.c>', 김 (a@b.c), <a@b.c>]", ("김", "a@b.c")),
        ("author: a@b.c", ("a@b.c",)),
        ("author: '@a <b>'", ("@a <b>",)),
        ("author: Kim <a@b.c>, Lee", ("Kim, Lee",)),
    ],
)
def test_authors(fields: str, names: tuple[str, ...]) -> None:
    assert post_of(front(f"title: 강진\n{fields}")).authors == names


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("tags: 지진 여진", ("지진", "여진")),
        ("tags: 큰 지진, 여진,", ("큰 지진", "여진")),
        ("tags: [큰 지진, 여진, 큰 지진, ' ']", ("큰 지진", "여진")),
        ("tags: [[지진], [여진]]", ("지진", "여진")),
        ("tag: 큰 지진", ("큰 지진",)),
        ("tag: 지진\ntags: 여진", ("지진",)),
        ("tags:", ()),
        ("tags: {a: b}", ()),
        ("tags: [no, 010, 1.10]", ("no", "010", "1.10")),
    ],
)
def test_tags(fields: str, names: tuple[str, ...]) -> None:
    assert post_of(front(f"title: 강진\n{fields}")).tags == names


@pytest.mark.parametrize(
    ("fields", "path", "names"),
    [
        ("categories: 재난 사회", "a.md", ("재난", "사회")),
        ("category: 재난 사회", "a.md", ("재난 사회",)),
        ("category: 속보\ncategories: [재난, 사회]", "a.md", ("재난", "사회", "속보")),
        ("category: [재난, 사회]\ncategories: 사회", "a.md", ("사회", "재난")),
        ("categories: [재난, News]", "news/_posts/a.md", ("news", "재난", "News")),
        ("categories: 재난", "재난/_posts/deep/a.md", ("재난",)),
        ("title: 강진", "_posts/deep/a.md", ()),
        ("title: 강진", "큰\n불/ /_posts/a.md", ("큰 불",)),
        ("title: 강진", "deep/a.md", ()),
    ],
)
def test_categories(fields: str, path: str, names: tuple[str, ...]) -> None:
    assert post_of(front(fields), path).categories == names


@pytest.mark.parametrize(
    ("fields", "tag"),
    [
        ("lang: en", "en"),
        ("language: pt-BR", "pt-BR"),
        ("locale: ko_KR", "ko-KR"),
        ("locale: ko_KR.UTF-8", "ko-KR"),
        ("lang: cmn-Hant", "cmn-Hant"),
        ("lang: iw-IL", "he-IL"),
        ("title: 강진", ""),
    ],
)
def test_the_language(fields: str, tag: str) -> None:
    assert post_of(front(fields)).language == tag


@pytest.mark.parametrize(
    "text", ["Korean language", "cn", "jp", "e\N{LATIN SMALL LETTER LONG S}"]
)
def test_a_language_that_is_none_is_warned_of(text: str) -> None:
    reading = read(front(f"title: 강진\nlanguage: {text}"))

    assert reading.post
    assert reading.post.language == ""
    assert places(reading) == [("FM025", 3, 11)]


def test_an_identity_of_the_authors_own() -> None:
    assert post_of(front("title: 강진\nguid: ' urn:x:1 '")).guid == "urn:x:1"
    assert post_of(front("title: 강진\nid: '010'")).guid == "010"


@pytest.mark.parametrize(
    "flag",
    [
        "published: false",
        "published: No",
        "draft: true",
        "draft: Yes",
        "permalink: false",
    ],
)
def test_a_post_may_be_kept_back_without_a_word(flag: str) -> None:
    reading = read(front(f"title: 강진\n{flag}\ndate: 내일"))

    assert reading.post is None
    assert reading.problems == ()


@pytest.mark.parametrize("flag", ["published: true", "draft: false", "published: [no]"])
def test_or_be_published(flag: str) -> None:
    assert post_of(front(f"title: 강진\n{flag}")).title == "강진"


def test_flags_are_read_as_yaml_reads_them() -> None:
    assert [is_true(text) for text in ("true", "Yes", "ON", "1", "", ["yes"])] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [is_false(text) for text in ("false", "No", "OFF", "0", None)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_fields_are_kept_for_rules() -> None:
    fields = post_of(front("title: 강진\nbreaking: TRUE\ncover: {image: a.png}")).fields

    assert fields["breaking"] == "TRUE"
    assert fields["cover"] == {"image": "a.png"}


def test_hashes_tell_a_change_of_fields_from_one_of_the_body() -> None:
    first = post_of(front("title: 강진"))
    dated = post_of(front("title: 강진\ndate: 2026-05-05"))
    empty = post_of(front("title: 강진", " \n"))

    assert first.content_hash != dated.content_hash
    assert first.body_hash == dated.body_hash != b""
    assert empty.body_hash == b""


@pytest.mark.parametrize(
    "fields",
    [
        "eleventyExcludeFromCollections: true",
        "headless: true",
        "build: {list: never}",
        "_build:\n  render: never",
        "permalink: false",
    ],
)
def test_what_its_generator_lists_nowhere_is_left_out(fields: str) -> None:
    reading = read(front(f"title: 강진\n{fields}"))

    assert reading.post is None
    assert reading.problems == ()


def test_what_its_generator_lists_is_not_left_out() -> None:
    assert post_of(front("title: 강진\nheadless: false\nbuild: {list: always}")).title
    assert post_of(front("title: 강진\nbuild: yes")).title


def test_hugo_s_dates_say_from_when_to_when_a_post_is_out() -> None:
    post = post_of(
        front(
            "title: 강진\ndate: 2026-01-02\npublishDate: 2026-03-04\nexpiryDate: 2026-05-06"
        )
    )

    assert str(post.published) == "2026-03-03 15:00:00+00:00"
    assert str(post.expires) == "2026-05-05 15:00:00+00:00"
    assert post.link.endswith("/2026/01/02/quake.html")
    assert post_of(front("title: 강진\nexpiryDate:")).expires is None


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("lastmod: 2026-05-06", "2026-05-06"),
        ("Modified: 2026-05-06", "2026-05-06"),
        ("lastmod: 2026-05-06\npubDate: 2026-03-04", "2026-03-04"),
        ("published: true\nmodified: 2026-05-06", "2026-05-06"),
        ("published: 2026-03-04\nmodified: 2026-05-06", "2026-03-04"),
        ("updated: 2026-05-06", "2026-01-02"),
    ],
)
def test_hugo_s_page_without_a_date_takes_the_next_best(fields: str, day: str) -> None:
    hugo = post_of(front(f"title: 강진\n{fields}"), config=site("hugo", timezone="UTC"))
    other = post_of(front("title: 강진\nlastmod: 2026-05-06"))

    assert str(hugo.published) == f"{day} 00:00:00+00:00"
    assert other.link.endswith("/2026/01/02/quake.html")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("pubDate: 'Sat May 18 2024'", "2024-05-18"),
        ("pubDatetime: 2024-05-18T03:00:00Z\nmodDatetime:", "2024-05-18"),
        ("published: true\npublishedAt: 2024-05-18", "2024-05-18"),
        ("published: 민음사, 2021년 봄", "2026-01-02"),
        ("published: 1999", "2026-01-02"),
        ("date: 2024-05-17\npubDate: 2024-05-18", "2024-05-17"),
    ],
)
def test_a_page_of_astro_s_without_a_date_has_it_elsewhere(
    fields: str, day: str
) -> None:
    astro = post_of(front(f"title: 강진\n{fields}"), config=site(timezone="UTC"))

    assert str(astro.published)[:10] == day


def test_a_date_that_cannot_be_read_is_told_of_once() -> None:
    reading = read(front("title: 강진\npubdate: 내년"), config=site("hugo"))

    assert codes(reading) == ["DT001"]


@pytest.mark.parametrize("flag", ["published:", "published: ~", "published: null"])
def test_to_jekyll_a_flag_without_a_word_says_no(flag: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('site.url = "https://a.example"\n')
    text = front(f"title: 글\n{flag}")
    elsewhere = read(text, config=load_config(path, lambda _: Section))
    (tmp_path / "_config.yml").touch()
    jekyll = read(text, config=load_config(path, lambda _: Section))

    assert elsewhere.post
    assert (jekyll.post, jekyll.problems) == (None, ())


def test_jekyll_knows_no_day_from_which_a_post_is_out(tmp_path: Path) -> None:
    text = front("title: 강진\npublishDate: 2099-03-04\npubdate: 2099-03-04")
    path = tmp_path / "config.toml"
    path.write_text('[site]\nurl = "https://news.example"\n')

    unknown = post_of(text, config=load_config(path, lambda _: Section))
    (tmp_path / "_config.yml").touch()
    jekyll = post_of(text, config=load_config(path, lambda _: Section))

    assert str(unknown.published)[:10] == "2099-03-04"
    assert str(jekyll.published)[:10] == "2026-01-02"


def test_an_end_that_cannot_be_read_is_an_error() -> None:
    assert codes(read(front("title: 강진\nexpiryDate: 내년"))) == ["DT001"]


def test_a_date_that_moves_with_the_file_is_none() -> None:
    post = post_of(front("title: 강진\ndate: git Last Modified"), "quake.md")

    assert post.published is None


@pytest.mark.parametrize(
    "config",
    [site(values={"public_dir": "public"}), site(permalink="hugo")],
    ids=["hexo", "hugo"],
)
def test_no_time_is_warned_of_where_the_site_is_none_of_jekyll_s(
    config: Config,
) -> None:
    reading = read(front("title: 강진\ndate: 2026-01-02 09:00:00"), config=config)

    assert reading.post
    assert reading.post.published == datetime(2026, 1, 2, tzinfo=UTC)
    assert not reading.problems
