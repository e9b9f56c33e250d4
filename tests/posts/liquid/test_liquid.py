import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import Gravity
from syndicate.posts.liquid import Scope, fill, is_needed, resolve
from tests.posts.samples import entry_of, front, html_of, places, read, site

SCOPE = Scope(
    site_url="https://news.example/blog",
    site={"title": "뉴스"},
    page={
        "title": "강진",
        "image": "/a.png",
        "cover": {"image": "/c.png"},
        "tags": ["x", "y"],
        "count": "3",
        "hot": "true",
        "cold": "false",
        "none": "",
        "zip": "010",
        "people": [{"name": "김", "desk": "사회"}, {"name": "이", "desk": "정치"}],
    },
    link_of={"2026-01-02-quake": "https://news.example/q"}.get,
    zone=ZoneInfo("Asia/Seoul"),
    date=datetime(2026, 1, 2, 12, 4, 5, tzinfo=ZoneInfo("Asia/Seoul")),
)


MARKS = [
    "{% if a %}", "{% else %}", "{% endif %}", "{% for i in (1..9) %}", "{% endfor %}",
    "{% case a %}", "{% when 1 %}", "{% elsif (a..b) %}", "{% raw %}", "{% endraw %}",
    "{% highlight x %}", "{% endhighlight %}", "{{ x | f(1) }}", "{{- y -}}", "{{< fig >}}",
    "{{% /fig %}}", "{% include a %}", "{% macro a %}", "{{", "{%", "{#", "}}", "%}", "-%}",
    "-", "<", "%", "/", "`", "|", '"', " ", "\n", "a",
]  # fmt: skip


def resolved(body: str) -> str:
    found = resolve(body, SCOPE)
    return fill(found.text, found.pieces)


def unknown(body: str) -> list[tuple[str, str]]:
    return [(miss.code, miss.name) for miss in resolve(body, SCOPE).unknown]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{{ site.url }}{{ site.baseurl }}/x", "https://news.example/blog/x"),
        ("{{ site.title }}: {{ page.title }}", "뉴스: 강진"),
        ("{{page.cover.image}}", "/c.png"),
        ("{{- image -}}", "/a.png"),
        ('{{ "/x" | relative_url }}', "/blog/x"),
        ('{{ "/x" | relative_url | prepend: site.url }}', "https://news.example/blog/x"),
        ('{{ "https://a.example/x" | relative_url }}', "https://a.example/x"),
        ("{{ '/x' | absolute_url }}", "https://news.example/blog/x"),
        ('{{ "/새 글" | url }}', "/blog/%EC%83%88%20%EA%B8%80"),
        ("{{ page.image | url }}", "/blog/a.png"),
        ('{{ "x" | append: ".png" | prepend: "/" | url }}', "/blog/x.png"),
        ('{{ page.moon | default: "달" }}', "달"),
        ('{{ page.title | default: "달" }}', "강진"),
        ('{{ "a|b" | upcase }}', "A|B"),
        ('{{ " a " | strip | capitalize }}', "A"),
        ('{{ "<b>a</b>" | strip_html }}{{ "A" | downcase }}', "aa"),
        ('{{ "a-b" | replace: "-", "+" }}{{ "a-b" | remove: "-" }}', "a+bab"),
        ('{{ "a" | replace }}', "a"),
        ('{{ "a & b" | escape }}{{ "강진 속보" | slugify }}', "a &amp; b강진-속보"),
        ('{{ "a" | safe }}', "a"),
        ('{% assign x = "/x" %}{{ x | url }}', "/blog/x"),
        ("{% set y = page.title %}{{ y }}", "강진"),
        ("{% post_url 2026-01-02-quake %}", "https://news.example/q"),
        ('{% link "2026-01-02-quake" %}', "https://news.example/q"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{%- raw -%}{% x %}{%- endraw -%}", "{% x %}"),
        ("a{% comment %}{{ x }}{% endcomment %}b", "ab"),
        ("a{# 숨긴 글 #}b", "ab"),
        ("{% if page.x %}가{% else %}나{% endif %}다", "나다"),
        ("{% unless x %}가{% elsif y %}{% if z %}나{% endif %}라{% endunless %}다", "가다"),
        ("{% if page.hot and page.count > 2 %}가{% elif x %}나{% endif %}", "가"),
        ("{% if page.cold or page.none %}가{% endif %}{{ page.zip }}", "010"),
        ('{% if page.tags contains "x" %}가{% endif %}', "가"),
        ("{% if x %}가{% else %}나", "나"),
        ("{% case page.count %}{% when 1 %}가{% when 3, 4 %}나{% else %}다{% endcase %}", "나"),
        ("{% capture x %}가{% endcapture %}나{{ x }}", "나가"),
        ("{% for x in page.tags %}{{ forloop.index }}{{ x }}{% endfor %}", "1x2y"),
        ("{% for p in page.people reversed %}{{ p.name }}{% endfor %}", "이김"),
        ("{% for i in (1..5) limit: 2 offset: 1 %}{{ i }}{% break %}{% endfor %}", "2"),
        ("{% for i in (1..3) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "13"),
        ("{% for x in page.none %}가{% else %}나{% endfor %}", "나"),
        ("{% tablerow x in page.tags %}{{ x }}{% endtablerow %}",
         '<tr class="row1">\n<td class="col1">x</td><td class="col2">y</td></tr>\n'),
        ('{% cycle "a", "b" %}{% increment n %}{% increment n %}{% # 주석 %}', "a01"),
        ("{{ page.tags }}{{ page.count | plus: 1 }}{{ page.hot }}{{ page.none }}", "xy4true"),
        ("{{ site.time }}", "2026-01-02 12:04:05 +0900"),
        ("{{ (1..3) }}", "1..3"),
        ("{% assign r = (1..3) %}{% for i in r %}{{ i }}{% endfor %}", "123"),
        ("{{ jekyll.environment }}{{ site.time | date: '%Y' }}", "production2026"),
        ("{{- page.title -}}{{- page.title -}} 나", "강진강진나"),
        ("{{ page.title }} {{- page.title }}", "강진강진"),
        ("가 {{- page.title -}} 나", "가강진나"),
        ("가 {%- if x -%} 나 {%- endif -%} 다", "가다"),
        ("{% break %}가", "가"),
        ("{% for x in y %}가{% endfor %}나", "나"),
        ("a {% endnote %} b", "a  b"),
        ("{ {x} } {#id} 100%}", "{ {x} } {#id} 100%}"),
    ],
)  # fmt: skip
def test_what_is_known_is_resolved(body: str, text: str) -> None:
    assert resolved(body) == text


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('{% image "a/b.png" "땅" %}', '<img src="https://news.example/blog/a/b.png" alt="땅">'),
        ('{% image_with_class "/b.png" "wide" "땅 \n사진" %}',
         '<img src="https://news.example/blog/b.png" alt="땅 사진">'),
        ('{%include\n"c.html",\n"b.png"%}', '<img src="https://news.example/blog/b.png" alt="b.png">'),
        ('{% picture "b.png" %}', '<img src="https://news.example/blog/b.png" alt="">'),
        ('{% include figure.html image="/b.png" alt="땅" caption="땅 & 물" %}',
         ('<figure><img src="https://news.example/blog/b.png" alt="땅">'
         "<figcaption>땅 &amp; 물</figcaption></figure>")),
        ("{% youtube abc %}",
         '<a href="https://www.youtube.com/watch?v=abc">https://www.youtube.com/watch?v=abc</a>'),
        ('{% gist "a/1" %}', '<a href="https://gist.github.com/a/1">https://gist.github.com/a/1</a>'),
        ("{% tweet https://a.example/1 %}", '<a href="https://a.example/1">https://a.example/1</a>'),
        ('{{ "https://a.example/1" | embed: "영상" }}', '<a href="https://a.example/1">영상</a>'),
        ('{{ "https://a.example/1" | embed }}', '<a href="https://a.example/1">https://a.example/1</a>'),
        ("{% highlight py linenos %}\na < b\n{% endhighlight %}",
         '<pre><code class="language-py">a &lt; b</code></pre>'),
        ("{% highlight %}a{% endhighlight %}", '<pre><code class="language-text">a</code></pre>'),
    ],
)  # fmt: skip
def test_pictures_films_and_code_by_short_code_are_shown(body: str, html: str) -> None:
    assert resolved(body) == html


@pytest.mark.parametrize(
    ("body", "text", "misses"),
    [
        ("a{% include ad.html %}b", "ab", [("HT001", "include")]),
        ('{{ "김기자" | team_link }}', "김기자", [("HT002", "team_link")]),
        ('{{ "kim" | team_photo }}', "", [("HT002", "team_photo")]),
        ("{{ page.moon }}", "", [("HT003", "page.moon")]),
        ("{{ page.cover }}", "", [("HT003", "page.cover")]),
        ("{{ page.title | divided_by: 0 }}", "", [("HT003", "page.title")]),
        ('{{ page.tags | sort: }}{{ "a" ~ "b" }}', "xy", [("HT003", '"a" ~ "b"')]),
        (
            "{% if a ~ b %}가{% if x %}{% endif %}{% else %}나{% endif %}다",
            "다",
            [("HT001", "if")],
        ),
        ("{% if (1..9) contains 'x' %}가{% endif %}다", "다", [("HT001", "if")]),
        ("{% case %}{% when 1 %}가{% endcase %}다", "다", [("HT001", "case")]),
        (
            "{% for x %}가{% endfor %}{% assign %}다",
            "다",
            [("HT001", "for"), ("HT001", "assign")],
        ),
        ("{% if page.count > 'x' %}가{% endif %}다", "다", [("HT001", "if")]),
        ("{% else %}{% when 1 %}{% endif %}다", "다", []),
        ("{% case x %}{% elsif y %}{% else %}가{% else %}나{% endcase %}", "가나", []),
        (
            "{% for x in page.tags %}{% if x %}가{% endfor %}나{% endif %}",
            "가가나",
            [("HT004", "{% if %}")],
        ),
        ("{% macro x() %}가{% endmacro %}나", "나", [("HT001", "macro")]),
        (
            "{% include x.html %}{% render 'x' %}{% liquid echo 1 %}",
            "",
            [("HT001", "include"), ("HT001", "render"), ("HT001", "liquid")],
        ),
        ("{{ page.title.x }}", "", [("HT003", "page.title.x")]),
        ("{{ }}", "", [("HT003", "")]),
        ("{{ x.y | upcase }}", "", [("HT003", "x.y")]),
        ("{% assign z = moon %}{{ z }}", "", [("HT003", "moon")]),
        ("{% post_url 2020-01-01-x %}", "", [("HT001", "post_url 2020-01-01-x")]),
        ("{% %}", "", [("HT001", "")]),
        ("{% youtube %}", "", [("HT001", "youtube")]),
        ("{% for x in y %}{{ x }}{% endfor %}", "", [("HT003", "y")]),
        ("a {% include", "a  include", [("HT004", "{%")]),
        ("a {{ b", "a {{ b", [("HT004", "{{")]),
        ("{% comment %}가", "", [("HT004", "{% comment %}")]),
        ("{% raw %}{{ x }}", "{{ x }}", [("HT004", "{% raw %}")]),
    ],
)
def test_of_what_is_unknown_nothing_is_left(
    body: str, text: str, misses: list[tuple[str, str]]
) -> None:
    assert resolved(body) == text
    assert unknown(body) == misses


def test_each_kind_is_told_once() -> None:
    assert unknown("{{ a }}{{ a }}{% x %}{% x %}{{ a | f }}{{ b | f }}") == [
        ("HT003", "a"),
        ("HT001", "x"),
        ("HT002", "f"),
        ("HT003", "b"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("`{{ x }}`", "`{{ x }}`"),
        ("```\n{% x %}\n```\n", "```\n{% x %}\n```\n"),
        ("`{% raw %}{{{% endraw %} x }}` {{ title }}", "`{{ x }}` 강진"),
        ("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}`{{ y }}`", "\n```\n{{ x }}\n```\n`{{ y }}`"),
        ("`a` {{ title }} `b` {{ title }}", "`a` 강진 `b` 강진"),
    ],
)  # fmt: skip
def test_code_is_spared(body: str, text: str) -> None:
    assert resolved(body) == text


def test_a_body_without_liquid_needs_nothing() -> None:
    assert not is_needed("{: .x} 글 { } {#id}")
    assert is_needed("글 {{ x }}")


def test_a_picture_on_its_own_line_leaves_the_next_line_markdown() -> None:
    html = html_of('{% image "a.png" "땅" %}\n**글**\n')

    assert html == (
        '<p><img src="https://news.example/a.png" alt="땅">\n<strong>글</strong></p>\n'
    )


def test_a_figure_stands_by_itself() -> None:
    html = html_of('{% figure "a.png" caption="땅" %}\n')

    assert html.startswith('<figure><img src="https://news.example/a.png"')
    assert "<p>" not in html


def test_an_author_is_told_where_it_stands() -> None:
    reading = read(front("title: 강진", "글 {% ad %}\n\n글 {{ page.moon }}\n"))

    assert reading.post
    assert places(reading) == [("HT001", 4, 3), ("HT003", 6, 3)]
    assert {problem.gravity for problem in reading.problems} == {Gravity.WARNING}
    assert reading.problems[0].message == "the tag {% ad %} is not known: left out"


def test_a_control_character_in_the_body_is_told() -> None:
    assert places(read(front("title: 강진", "글\n\x07말\n"))) == [("HT005", 5, 1)]


def test_a_body_may_ask_for_its_own_address() -> None:
    body = "{{ page.url }} {{ site.description }} {{ page.path }}\n"
    entry = entry_of(front("title: 강진", body), config=site(description="소식"))

    path = "_posts/2026-01-02-quake.md"
    assert entry.html == f"<p>/2026/01/02/quake.html 소식 {path}</p>\n"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("title: T", "/news/2026/01/02/quake.html"),
        ("title: T\npermalink: https://other.example/a/", "/news/a/"),
    ],
)
def test_the_path_of_the_site_goes_before_an_address(given: str, address: str) -> None:
    body = "{{ site.baseurl }}{{ page.url }} {{ page.id }} {{ page.collection }}\n"
    config = site(url="https://a.example/news")
    entry = entry_of(front(given, body), config=config)
    own = address.removeprefix("/news").removesuffix(".html").removesuffix("/")

    assert entry.html == f"<p>{address} {own} posts</p>\n"


def test_another_post_is_found_by_its_name() -> None:
    html = html_of("[앞]({% post_url 2026-01-01-before %})\n")

    assert 'href="https://news.example/2026/01/01/before.html"' in html


def test_a_body_without_liquid_never_imports_its_engine() -> None:
    code = (
        "import sys; from syndicate.config import Config;"
        "from syndicate.posts.read import read_post;"
        "config = Config.model_validate({'site': {'url': 'https://a.example'}});"
        "read_post(b'---\\ntitle: a\\n---\\n{: .x} { }', 'a.md', config).post or sys.exit(2);"
        "sys.exit('liquid' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("body", ["a {{-% x %}} b", "a {{-< x >}} b"])
def test_a_dash_that_takes_blanks_away_makes_no_short_code(body: str) -> None:
    assert resolved(body) == "a b"
    assert [code for code, _ in unknown(body)] == ["HT003"]


@given(st.lists(st.sampled_from(MARKS), max_size=30))
def test_marks_in_any_order_are_read_to_the_end(marks: list[str]) -> None:
    assert resolved("가" + "".join(marks)).startswith("가")
