from datetime import UTC, datetime

import pytest

from syndicate.posts.permalink import finish, link_by_name
from tests.posts.samples import codes, front, places, post_of, read, site

SITE = "https://news.example"
FIRST_SEEN = datetime(2026, 5, 17, 16, tzinfo=UTC)  # the 18th in Seoul


def link(
    permalink: str, fields: str = "title: 강진", path: str = "2026-01-02-quake.md"
) -> str:
    return post_of(front(fields), path, site(permalink)).link.removeprefix(SITE)


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("date", "/재난/2026/01/02/quake.html"),
        ("pretty", "/재난/2026/01/02/quake/"),
        ("ordinal", "/재난/2026/002/quake.html"),
        ("weekdate", "/재난/2026/W01/Fri/quake.html"),
        ("none", "/재난/quake.html"),
        ("/:year/:month/:day/:title/", "/2026/01/02/quake/"),
        ("/:short_year/:i_month/:i_day/:slug", "/26/1/2/quake"),
        ("/:short_month/:long_month/:long_day/", "/Jan/January/Friday/"),
        ("/:w_year/:week/:w_day/:y_day/", "/2026/01/5/002/"),
        ("/:hour/:minute/:second/:name", "/00/00/00/2026-01-02-quake"),
        ("/:collection/:path:output_ext", "/posts/2026-01-02-quake.html"),
        ("/:slugified_categories/:title", "/재난/quake"),
        ("/a//b/:title", "/a/b/quake"),
    ],
)
def test_addresses_are_those_of_jekyll(permalink: str, expected: str) -> None:
    found = link(permalink, "title: 강진\ncategories: [재난]")

    assert found == expected.replace("재난", "%EC%9E%AC%EB%82%9C")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2026-01-02-강진-속보.md", "/%EA%B0%95%EC%A7%84-%EC%86%8D%EB%B3%B4/"),
        ("2026-01-02-강진.md", "/%EA%B0%95%EC%A7%84/"),
        ("2026-01-02-Big Quake! (new).md", "/Big-Quake!-(new)/"),
        ("2026-01-02-a_b~c.md", "/a_b~c/"),
        ("2026-01-02-50% off?.md", "/50-off/"),
        ("2026-01-02-v1.2.md", "/v1.2/"),
        ("2026-01-02-a..b.md", "/a/b/"),
        ("2026-01-02--quake-.md", "/quake/"),
    ],
)
def test_titles_come_from_file_names(path: str, expected: str) -> None:
    assert link("/:title/", path=path) == expected


def test_slugs_are_in_lower_case_and_plainer_than_titles() -> None:
    assert link("/:slug/", path="2026-01-02-Big_Quake!.md") == "/big-quake/"
    assert link("/:slug/", "slug: 'My Slug'") == "/my-slug/"
    assert link("/:title/", "slug: My_Slug") == "/My_Slug/"


def test_the_date_is_of_the_sites_zone() -> None:
    assert link("/:year/:day/", "date: 2026-01-01 15:30:00 +0000") == "/2026/02/"


def test_categories_make_folders_once_each_in_lower_case() -> None:
    fields = "categories: [Big News, big news, 'A/B?', 100%]"

    assert link("/:categories/:title", fields) == "/big%20news/a/b%3F/100%25/quake"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("/강진/속보/", "/%EA%B0%95%EC%A7%84/%EC%86%8D%EB%B3%B4/"),
        ("quake", "/quake"),
        ("/:year/x/", "/2026/x/"),
        ("/:year_:month", "/2026_01"),
        ("pretty", "/pretty"),
        ("/../../etc/./x", "/etc/x"),
        ("/a b.html?c=d#e", "/a%20b.html?c=d#e"),
    ],
)
def test_a_post_may_have_an_address_of_its_own(own: str, expected: str) -> None:
    assert link("date", f'title: 강진\npermalink: "{own}"') == expected


def test_it_may_be_elsewhere() -> None:
    fields = "title: 강진\npermalink: https://other.example/강진"

    assert post_of(front(fields)).link == "https://other.example/%EA%B0%95%EC%A7%84"


@pytest.mark.parametrize(
    ("own", "code"), [("/:moon/", "SL006"), ("https://[broken", "SL007")]
)
def test_an_address_that_cannot_be_is_an_error(own: str, code: str) -> None:
    reading = read(front(f'title: 강진\npermalink: "{own}"'))

    assert reading.post is None
    assert places(reading) == [(code, 3, 12)]


def test_the_path_of_the_site_comes_first() -> None:
    post = post_of(front("title: 강진"), config=site(url="https://news.example/blog/"))

    assert post.link == "https://news.example/blog/2026/01/02/quake.html"


def test_bytes_that_are_no_text_stay_bytes() -> None:
    assert link("/:path", path="\udcff.md") == "/%FF"


def test_without_a_date_an_address_waits_until_the_post_is_filed() -> None:
    post = post_of(front("title: 강진\nslug: s\ncategories: [c]"), "quake.md")
    finished = finish(post, first_seen=FIRST_SEEN, config=site())

    assert post.link == ""
    assert finished.link == f"{SITE}/c/2026/05/18/s.html"
    assert finish(finished, first_seen=datetime.now(UTC), config=site()) == finished


def test_unless_it_takes_no_date() -> None:
    assert link("none", path="quake.md") == "/quake.html"
    assert link("date", "title: 강진\npermalink: /강/", "quake.md") != ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-01-02-quake", f"{SITE}/2026/01/02/quake.html"),
        ("_posts/2026-01-02-quake.md", f"{SITE}/2026/01/02/quake.html"),
        ("quake", None),
        ("2026-13-02-quake", None),
    ],
)
def test_another_posts_address_is_guessed_from_its_name(
    name: str, expected: str | None
) -> None:
    assert link_by_name(name, site()) == expected


def test_an_error_in_the_address_does_not_hide_others() -> None:
    assert codes(read(front("date: 내일\npermalink: /:moon/\ntitle: 강진"))) == [
        "DT001",
        "SL006",
    ]


@pytest.mark.parametrize(
    ("path", "fields", "expected"),
    [
        ("posts/My First Post.md", "title: T", "/posts/my-first-post/"),
        ("posts/C++ & C#.md", "title: T", "/posts/c++--c%23/"),
        ("posts/a.b.c.md", "title: T", "/posts/a.b.c/"),
        ("posts/한글 글.md", "title: T", "/posts/%ED%95%9C%EA%B8%80-%EA%B8%80/"),
        ("My Section/x y.md", "title: T", "/my-section/x-y/"),
        ("posts/bundle/index.md", "title: T", "/posts/bundle/"),
        ("posts/bundle/index.md", "title: T\nslug: bund", "/posts/bund/"),
        ("posts/a.md", 'title: T\nslug: "My Slug & 글"', "/posts/my-slug-%EA%B8%80/"),
        ("posts/a.md", "title: T\nslug: -a + b --", "/posts/a-+-b/"),
        ("posts/a@b.md", "title: T", "/posts/a@b/"),
        ("posts/İzmir.md", "title: T", "/posts/izmir/"),
        ("posts/a.md", "title: T\nurl: /foo/bar", "/foo/bar/"),
        ("posts/a.md", "title: T\nurl: foo/baz/", "/foo/baz/"),
        ("posts/a.md", "title: T\nurl: /a/b.html", "/a/b.html"),
        ("posts/a.md", "title: T\nurl: /x y/", "/x%20y/"),
        ("posts/a.md", "title: T\nurl: https://other.example/", "/posts/a/"),
    ],
)
def test_hugo_s_addresses_are_those_hugo_made(
    path: str, fields: str, expected: str
) -> None:
    assert link("hugo", fields, path) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("/:section/:contentbasename/", "/blog/quake/"),
        ("/:sections/:filename/", "/blog/sub/quake/"),
        ("/:year/:monthname/:slugortitle/", "/2026/january/big-quake/"),
        ("/:weekday/:weekdayname/:yearday/:headline/", "/5/friday/2/big-quake/"),
        ("/:slugorcontentbasename/:slugorfilename/", "/quake/quake/"),
    ],
)
def test_hugo_s_placeholders_are_known(template: str, expected: str) -> None:
    found = link(template, "title: Big Quake!\ndate: 2026-01-02", "blog/sub/Quake.md")

    assert found == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("C++ 입문", "/c-%EC%9E%85%EB%AC%B8/"),
        ("C#", "/c/"),
        ("C# & F#", "/c%23-f/"),
        ("a + b", "/a--b/"),
        ("R&D · 연구 -- 끝", "/rd-%EC%97%B0%EA%B5%AC--%EB%81%9D/"),
    ],
)
@pytest.mark.parametrize("name", ["headline", "slugortitle", "contentbasename"])
def test_signs_in_hugo_s_templates_are_read_as_hugo_reads_them(
    name: str, title: str, expected: str
) -> None:
    assert link(f"/:{name}/", f'title: "{title}"', f"posts/{title}.md") == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-01-02T08:30:00+09:00", "/2026/01/02/"),
        ("2026-01-02 23:30:00 -0800", "/2026/01/02/"),
        ("2026-01-02T20:00:00Z", "/2026/01/02/"),
        ("2026-01-02", "/2026/01/02/"),
        ("2026-01-02T08:30:00", "/2026/01/02/"),
        ("2026년 1월 2일 오전 8시", "/2026/01/02/"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul"])
def test_hugo_s_days_are_of_the_zone_the_date_is_in(
    zone: str, date: str, expected: str
) -> None:
    own = f"title: T\ndate: {date}\npermalink: /:year/:month/:day/"
    config = site("hugo", timezone=zone)

    assert post_of(front(own), config=config).link == SITE + expected


def test_hugo_s_url_counts_elsewhere_if_it_is_a_path() -> None:
    assert link("date", "title: T\nurl: /a/b/") == "/a/b/"
    assert link("none", "title: T\nurl: other") == "/quake.html"


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("hugo", "/own/"),
        ("/ko/:sections/:slugorcontentbasename/", "/own/"),
        ("/ko/:hugo/", "/own/"),
        ("pretty", "/section/"),
    ],
)
def test_hugo_s_url_goes_before_the_permalink_of_a_section(
    permalink: str, expected: str
) -> None:
    fields = "title: T\nurl: /own\npermalink: /section/"

    assert link(permalink, fields) == expected


@pytest.mark.parametrize(
    ("path", "fields", "expected"),
    [
        ("blog/2026-01-02-Quake.md", "title: T", "/blog/Quake/"),
        ("blog/index.md", "title: T", "/blog/"),
        ("blog/quake/2026-01-02-quake.md", "title: T", "/blog/quake/"),
        ("a.md", "title: T\npermalink: '/n/{{ page.fileSlug }}/'", "/n/a/"),
        ("a.md", "title: T\npermalink: '/{{ title | slug }}/index.html'", "/t/"),
        ("blog/a.md", "title: T\npermalink: '{{ page.filePathStem }}.html'", "/blog/a.html"),
        ("a.md", "title: T\ndate: 2026-01-02\npermalink: '/{{ page.date | date: \"%Y\" }}/'", "/2026/"),
    ],
)  # fmt: skip
def test_eleventy_s_addresses_are_templates(
    path: str, fields: str, expected: str
) -> None:
    assert link("eleventy", fields, path) == expected


def test_eleventy_s_addresses_may_begin_above_the_folder_of_posts() -> None:
    own = "title: T\npermalink: '{{ page.filePathStem }}.html'"

    assert link("/blog/:eleventy/", "title: T", "2026-01-02-quake.md") == "/blog/quake/"
    assert link("/blog/:eleventy/", own, "2026-01-02-quake.md") == "/blog/quake.html"


def test_a_permalink_that_asks_for_what_nobody_knows_is_an_error() -> None:
    text = front("title: T\npermalink: '/{{ moon }}/'")

    assert places(read(text)) == [("SL007", 3, 12)]
