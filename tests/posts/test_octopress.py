import pytest

from syndicate.posts.liquid import Resolved, Scope, fill, resolve
from tests.posts.samples import html_of

SCOPE = Scope(
    site_url="https://news.example/blog",
    page={"title": "강진"},
    link_of={"quake": "https://news.example/q"}.get,
)
SAID = '<p>— Kim &amp; 이, <a href="https://a.example/b">책</a></p>'


def of(body: str) -> Resolved:
    return resolve(body, SCOPE)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("img /a.jpg 300 225 A view of it", '<img src="{}/a.jpg" alt="A view of it">'),
        (
            "img left /a.jpg 150px auto \"제목\" 'Delete key'",
            '<img src="{}/a.jpg" alt="Delete key">',
        ),
        ('img half /b/c?w=1 "지진"', '<img src="{}/b/c?w=1" alt="지진">'),
        ("image a.png", '<img src="{}/a.png" alt="">'),
        ("asset_img wide a.png 300", '<img src="a.png" alt="">'),
        ("video /a.mp4 640 320 /b.png", '<video src="{}/a.mp4" controls></video>'),
        ("asset_link a.zip 내려받기", '<a href="a.zip">내려받기</a>'),
        ("link 네이버 https://naver.com true", '<a href="https://naver.com">네이버</a>'),
        ("link https://naver.com", '<a href="https://naver.com">https://naver.com</a>'),
        ("post_link quake 강진 & 기사 true", '<a href="https://news.example/q">강진 &amp; 기사</a>'),
        ("post_link quake", '<a href="https://news.example/q">quake</a>'),
        ("post_path quake", "https://news.example/q"),
    ],
)  # fmt: skip
def test_words_without_quotation_marks_are_read(tag: str, shown: str) -> None:
    found = of(f"{{% {tag} %}}")

    assert fill(found.text, found.pieces) == shown.format(SCOPE.site_url)
    assert not found.unknown


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("img url=/x.png", "", "img"),
        ("video", "", "video"),
        ("asset_link", "", "asset_link"),
        ("link x", "", "link x"),
        ('post_link nope "그 기사"', "그 기사", "post_link nope"),
        ("post_link", "", "post_link "),
        ("code a.rb", "", "code"),
        ("quote a", "", "quote"),
    ],
)
def test_what_cannot_be_told_is_missed(tag: str, text: str, name: str) -> None:
    found = of(f"{{% {tag} %}}")

    assert found.text == text
    assert [each.name for each in found.unknown] == [name]


@pytest.mark.parametrize(
    ("options", "caption", "language"),
    [
        ("", "", "text"),
        ("lang:ruby", "", "ruby"),
        ("a.rb start:3 mark:2,4-5", "a.rb", "text"),
        (
            "Hello & lang:objc https://a.example/x Here",
            'Hello &amp; <a href="https://a.example/x">Here</a>',
            "objc",
        ),
    ],
)
@pytest.mark.parametrize("name", ["codeblock", "code"])
def test_code_stays_code_under_its_title(
    name: str, options: str, caption: str, language: str
) -> None:
    html = html_of(
        f"{{% {name} {options} %}}\n[a] < {{{{ b }}}}\n\n  c\n{{% end{name} %}}\n"
    )

    block = f'<pre><code class="language-{language}">[a] &lt; {{{{ b }}}}\n\n  c</code></pre>'
    titled = f"<figure><figcaption>{caption}</figcaption>{block}</figure>"
    assert html == (titled if caption else block)


@pytest.mark.parametrize("name", ["blockquote", "quote", "cq", "centerquote"])
def test_a_quotation_is_markdown_and_ends_with_who_said_it(name: str) -> None:
    body = f"글\n{{% {name} Kim & 이, https://a.example/b 책 %}}\n**말**\n{{% end{name} %}}\n뒤\n"

    lines = html_of(body).split("\n")
    assert lines[:2] == ["<p>글</p>", "<blockquote>"]
    assert lines[2:-2] == ["<p><strong>말</strong></p>", SAID, "</blockquote>"]
    assert lines[-2] == "<p>뒤</p>"


def test_quotations_in_each_other_are_closed_in_turn() -> None:
    body = "{% quote 가 %}{% quote 나 %}a{% endquote %}b{% endquote %}{% endquote %}c"

    text = " ".join(of(body).text.split())
    quoted = "<blockquote> <blockquote> a <p>— 나</p> </blockquote> b <p>— 가</p> </blockquote> c"
    assert text == quoted


@pytest.mark.parametrize("name", ["pullquote", "note"])
def test_what_only_dresses_leaves_what_it_holds(name: str) -> None:
    found = of(f"{{% {name} right %}}**말**{{% end{name} %}}")

    assert found.text == "**말**"
    assert not found.unknown
