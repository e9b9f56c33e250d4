from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.posts.liquid import Scope, fill, resolve

SEOUL = ZoneInfo("Asia/Seoul")
SCOPE = Scope(
    site_url="https://news.example/blog",
    page={
        "day": "2008-11-07 13:07:54 -0800",
        "late": "2008-11-23",
        "tags": ["b", "a", "b"],
        "people": [
            {"name": "김", "desk": "사회", "age": "30", "tags": ["x", "y"]},
            {"name": "이", "desk": "정치", "age": "20"},
            {"name": "박", "desk": "사회", "boss": {"name": "이"}},
        ],
    },
    zone=SEOUL,
    date=datetime(2026, 1, 2, 12, 4, 5, tzinfo=SEOUL),
)


def given(expression: str) -> str:
    found = resolve(f"{{{{ {expression} }}}}", SCOPE)
    return fill(found.text, found.pieces)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("'a b  c' | number_of_words", "3"),
        ("'강진 news' | number_of_words: 'cjk'", "3"),
        ("'a' | append: 1 | append: true", "a1true"),
        ("'hello World' | capitalize", "Hello World"),
        ("'a  b\n c' | normalize_whitespace", "a b c"),
        ("'The _config.yml file' | slugify", "the-config-yml-file"),
        ("'The _config.yml file' | slugify: 'pretty'", "the-_config.yml-file"),
        ("'The é file' | slugify: 'ascii'", "the-file"),
        ("'The  File' | slugify: 'raw'", "the-file"),
        ("'The File' | slugify: 'none'", "The File"),
        ("'/a/index.html' | strip_index", "/a/"),
        ("'http://foo.example/?q=a b' | uri_escape", "http://foo.example/?q=a%20b"),
        ("'foo, bar' | cgi_escape", "foo%2C+bar"),
        ("'a & b' | xml_escape", "a &amp; b"),
        ("'12 x' | to_integer", "12"),
        ("true | to_integer", "1"),
        ("'x' | to_integer", "0"),
        ("'a,b,,' | split: ',' | size", "2"),
        ("'a b' | split | join: '-'", "a-b"),
        ("'ab' | split: '' | join: '-'", "a-b"),
        ("'*강조*' | markdownify", "<p><em>강조</em></p>"),
        ("'*강조*' | markdownify | strip_html", "강조"),
        ("'a' | smartify | safe | html_safe", "a"),
        ("page.tags | jsonify", '["b","a","b"]'),
        ("page.people[2] | jsonify", '{"name":"박","desk":"사회","boss":{"name":"이"}}'),
        ("page.date | jsonify", "null"),
        ("moon | jsonify", "null"),
        ("site.time | jsonify", '"2026-01-02 12:04:05 +0900"'),
        ("(1..3) | jsonify", "[1,2,3]"),
        ("'a' | replace: '', 'b'", "a"),
        ("'a<script>x</script>b<!-- <i> -->c<STYLE>d</STYLE>' | strip_html", "abcd"),
        ("'a<style>x</style>b<script>c' | strip_html", "abc"),
        ("moon | absolute_url", ""),
        ("nil | relative_url", ""),
        ("'x' | relative_url", "/blog/x"),
    ],
)  # fmt: skip
def test_text(expression: str, text: str) -> None:
    assert given(expression) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("page.day | date_to_string", "08 Nov 2008"),
        ("page.late | date_to_string: 'ordinal'", "23rd Nov 2008"),
        ("page.late | date_to_string: 'ordinal', 'US'", "Nov 23rd, 2008"),
        ("page.day | date_to_long_string", "08 November 2008"),
        ("page.day | date_to_long_string: 'ordinal'", "8th November 2008"),
        ("page.day | date_to_xmlschema", "2008-11-08T06:07:54+09:00"),
        ("page.day | date_to_rfc822", "Sat, 08 Nov 2008 06:07:54 +0900"),
        ("page.day | date: '%A, %B %-d, %Y %l:%M %p %e%_d|%^a%%%Q'",
         "Saturday, November 8, 2008  6:07 AM  8 8|SAT%%Q"),
        ("page.day | date: '%a %b %h %D %F %I %k %R %T %P %Z %z %j'",
         "Sat Nov Nov 11/08/08 2008-11-08 06  6 06:07 06:07:54 am KST +0900 313"),
        ("page.day | date: '%FT%T%:z %x %X%n%t.%L.%N.%:d'",
         "2008-11-08T06:07:54+09:00 11/08/08 06:07:54\n\t.000.000000000.%:d"),
        ("'1226092074' | date: '%Y'", "2008"),
        ("'20081108' | date: '%-d'", "8"),
        ("'now' | date: '%Y-%m-%d %P %p'", "2026-01-02 pm PM"),
        ("'today' | date_to_string", "02 Jan 2026"),
        ("1226092074 | date: '%s %0m'", "1226092074 11"),
        ("'엊그제' | date: '%Y'", "엊그제"),
        ("'엊그제' | date_to_string", "엊그제"),
        ("'x' | date_to_xmlschema | date_to_rfc822", "x"),
        ("page.day | date", "2008-11-07 13:07:54 -0800"),
        ("999999999999999 | date: '%Y'", "999999999999999"),
    ],
)  # fmt: skip
def test_dates_are_english_and_of_the_site_s_zone(expression: str, text: str) -> None:
    assert given(expression) == text


NAMES = " | map: 'name' | join"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("page.people | where: 'desk', '사회'" + NAMES, "김 박"),
        ("page.people | where: 'tags', 'y'" + NAMES, "김"),
        ("page.people | where: 'age'" + NAMES, "김 이"),
        ("page.people | where: 'boss.name', '이'" + NAMES, "박"),
        ("page.people | where: 'name.x', '이'" + NAMES, ""),
        ("page.people | where_exp: 'p', 'p.age > 25 and p.desk == \"사회\"'" + NAMES, "김"),
        ("page.people | find: 'desk', '정치' | map: 'name'", "이"),
        ("page.people | find_exp: 'p', 'p.age < 25' | map: 'name'", "이"),
        ("page.people | where_exp: 'p', 'p in (1..9)'" + NAMES, ""),
        ("page.people | group_by: 'desk'" + NAMES, "사회 정치"),
        ("page.people | group_by: 'desk' | map: 'size' | join", "2 1"),
        ("page.people | group_by_exp: 'p', 'p.name | size'" + NAMES, "1"),
        ("page.people | sort: 'age'" + NAMES, "박 이 김"),
        ("page.people | sort: 'age', 'last'" + NAMES, "이 김 박"),
        ("page.tags | sort | join: ''", "abb"),
        ("page.tags | uniq | join: ''", "ba"),
        ("page.people | uniq: 'desk'" + NAMES, "김 이"),
        ("page.people | uniq | size", "3"),
        ("page.tags | push: 'c' | unshift: 'z' | join: ''", "zbabc"),
        ("page.tags | pop | shift | join: ''", "a"),
        ("page.tags | pop: 2 | join: ''", "b"),
        ("page.tags | sample", "b"),
        ("page.tags | array_to_sentence_string", "b, a, and b"),
        ("page.tags | uniq | array_to_sentence_string: 'or'", "b or a"),
    ],
)  # fmt: skip
def test_lists(expression: str, text: str) -> None:
    assert given(expression) == text
