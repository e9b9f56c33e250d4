import time

import pytest

from syndicate.posts.bounds import LONGEST, MOST_SIGNS
from tests.posts.samples import front, html_of, places, read


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("다음과 같다:\n- 가\n- 나\n", "<p>다음과 같다:</p>\n<ul>\n<li>가</li>\n<li>나</li>\n</ul>\n"),
        ("**(강조)**는 *“인용”*은\n", "<p><strong>(강조)</strong>는 <em>“인용”</em>은</p>\n"),
        ("항목은 <ul>\n<li>가</li>\n</ul>\n\n<b>끝</b>\n",
         "<p>항목은 </p><ul><li>가</li>\n</ul>\n<p><b>끝</b></p>\n"),
    ],
)  # fmt: skip
def test_where_engines_disagree_it_comes_out_as_meant(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("| 가 | 나 |\n|---|---|\n| 1 | 2 |\n", "<td>2</td>"),
        ("~~취소~~\n", "<del>취소</del>"),
        ("- [x] 했다\n- [ ] 할 일\n", "<li>☑ 했다</li>\n<li>☐ 할 일</li>"),
        (
            "```py\n<b>\n```\n",
            '<pre><code class="language-py">&lt;b&gt;\n</code></pre>',
        ),
        ("용어\n: 뜻\n", "<dl>\n<dt>용어</dt>\n<dd>뜻</dd>\n</dl>"),
        (
            "https://a.example/x\n",
            '<a href="https://a.example/x">https://a.example/x</a>',
        ),
        ("<div>\n\n**글**\n\n</div>\n", "<div>\n<p><strong>글</strong></p>\n</div>"),
    ],
)
def test_what_github_knows_is_known(markdown: str, html: str) -> None:
    assert html in html_of(markdown)


def test_a_glossary_without_end_is_text() -> None:
    assert html_of("용어\n: 뜻\n\n" * 2001).startswith("<p>용어\n: 뜻</p>")


def test_footnotes_lead_to_the_page() -> None:
    html = html_of("글[^1]\n\n[^1]: 주\n")
    page = "https://news.example/2026/01/02/quake.html"

    assert f'<a href="{page}#fn:1" id="fnref:1"' in html
    assert '<li id="fn:1">' in html


@pytest.mark.parametrize("text", ["2~3일, 5~6일", "`a~b~c`", "~/bin"])
def test_a_single_tilde_is_a_tilde(text: str) -> None:
    html = html_of(f"{text}\n")

    assert "<del>" not in html
    assert text.strip("`") in html


def test_a_tilde_in_an_address_stays_one() -> None:
    assert 'href="https://a.example/~me/"' in html_of("https://a.example/~me/\n")


def test_a_text_with_our_own_sign_keeps_it() -> None:
    assert "⸎ 2~3" in html_of("⸎ 2~3\n")


@pytest.mark.parametrize(
    "markdown",
    [
        "{: .lead}\n글\n",
        "글\n{: .lead #id}\n",
        "글{:.x}\n".replace("글", "*글*"),
        "{::comment}숨긴 글{:/comment}글\n",
        "{::comment}\n숨긴\n\n글{:/}글{::comment}숨긴{:/comment}\n",
        "{::options toc='x' /}\n\n글\n",
        "* 차례\n{:toc}\n\n글\n",
        "*[WWW]: 거미줄\n\n글\n",
    ],
)
def test_lists_of_attributes_are_consumed(markdown: str) -> None:
    html = html_of(markdown)

    assert "글" in html
    assert not {"{", "}", ":", "차례", "숨긴"} & set(html)
    assert "숨긴" not in html


def test_a_comment_without_an_end_hides_nothing() -> None:
    assert html_of("{::comment}글\n") == "<p>글</p>\n"


def test_many_comments_without_an_end_do_not_take_for_ever() -> None:
    begun = time.process_time()

    html_of("{::comment}" * 8_000)

    assert time.process_time() - begun < 3


def test_so_are_those_of_headings_pictures_and_items() -> None:
    assert html_of("## 제목 {#id}\n") == "<h2>제목</h2>\n"
    assert html_of("## 제목 {: .x}\n") == "<h2>제목</h2>\n"
    assert html_of("- {:.x} 가\n") == "<ul>\n<li>가</li>\n</ul>\n"
    assert 'alt="땅"></p>' in html_of('![땅](/a.png){: width="3"}\n')


def test_so_are_those_after_code_those_of_a_term_and_those_of_two_lines() -> None:
    assert html_of("`글`{: .x} 둘\n") == "<p><code>글</code> 둘</p>\n"
    assert html_of("{:.x} 글\n: 둘\n").startswith("<dl>\n<dt>글</dt>")
    assert html_of('![땅](/a.png){:\n.x width="3"}둘\n').endswith('alt="땅">둘</p>\n')


@pytest.mark.parametrize("found", ["{.btn .x}", "{id=story}", '{.a title="나 다" }'])
def test_so_are_those_that_hugo_takes_from_a_heading(found: str) -> None:
    assert html_of(f"## 제목 {found}\n") == "<h2>제목</h2>\n"
    assert html_of(f"## 제목{found} ##\n") == "<h2>제목</h2>\n"
    assert html_of(f"글 {found}\n") == f"<p>글 {found}</p>\n"


def test_so_are_those_of_pandoc_s_links_and_pelican_s_places() -> None:
    html = html_of("![땅]({static}/a.png){width=50%} [글](|filename|/b){.c id='x'}\n")

    assert html == (
        '<p><img src="https://news.example/a.png" alt="땅">'
        ' <a href="https://news.example/b">글</a></p>\n'
    )
    assert html_of("f(x){.c} {static}\n") == "<p>f(x){.c} {static}</p>\n"


def test_a_sign_alone_ends_a_list() -> None:
    html = html_of("- 가\n^\n\n    코드\n")

    assert (
        html.split() == "<ul> <li>가</li> </ul> <pre><code>코드 </code></pre>".split()
    )


def test_those_in_code_stay() -> None:
    assert "<code>{: .x}</code>" in html_of("`{: .x}`\n")


@pytest.mark.parametrize(
    "before",
    [
        "<p>앞</p>",
        "</ul>",
        "<h2 class='x'>앞</h2>",
        "<hr>",
        "<br>",
        "<p>앞</p>\n<br>",
        '<iframe src="/a"></iframe>',
        "<p>앞</p>\n<!--more-->",
        "<p>앞</p>\n```\n코드\n```",
        '<img src="/a.png">',
    ],
)
def test_markdown_goes_on_after_html(before: str) -> None:
    assert "<strong>글</strong>" in html_of(f"{before}\n**글**\n")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<pre>\n<p>가</p>\n**글**\n</pre>\n", "**글**"),
        ("    <p>가</p>\n**글**\n", "&lt;p&gt;"),
        ("<div>\n<br>\n</div>\n", "<div>\n<br>\n</div>"),
        ("<p>가</p>\n<p>나</p>\n", "<p>가</p>\n<p>나</p>"),
    ],
)
def test_html_and_code_stay_what_they_are(markdown: str, html: str) -> None:
    assert html in html_of(markdown)


def test_markdown_inside_a_component_is_read() -> None:
    html = html_of("<Tabs>\n<TabItem value='a'>\n**가**\n</TabItem>\n- 나\n</Tabs>\n")

    assert html == "<p><strong>가</strong></p>\n<ul>\n<li>나</li>\n</ul>\n"
    assert "<td>*가*</td>" in html_of("<Table>\n<Tr>\n<Td>*가*</Td>\n</Tr></Table>\n")


def test_markdown_inside_html_is_read_where_it_is_asked_for() -> None:
    html = html_of('<div class="x" markdown="1">\n**글**\n</div>\n')

    assert html == '<div class="x">\n<p><strong>글</strong></p>\n</div>\n'


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("[글](/새 글/)\n", "https://news.example/%EC%83%88%20%EA%B8%80/"),
        ("![땅](/그림/화면 캡처.png)\n", "%ED%99%94%EB%A9%B4%20%EC%BA%A1%EC%B2%98.png"),
        ('[글](/x "제목 둘")\n', "https://news.example/x"),
        (
            '![땅](그림/새 땅.png "지난 일")\n',
            '%83%88%20%EB%95%85.png" alt="땅" title="지난 일"',
        ),
        ("![땅](a (1).png 'b')\n", '/a%20(1).png" alt="땅" title="b"'),
    ],
)
def test_an_address_may_have_blanks(markdown: str, address: str) -> None:
    assert address in html_of(markdown)


def test_words_in_brackets_are_no_address() -> None:
    assert html_of("[속보](사진 있음)\n") == "<p>[속보](사진 있음)</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "https://a.example/3615에서",
            '<a href="https://a.example/3615">https://a.example/3615</a>에서',
        ),
        (
            "www.a.example입니다",
            '<a href="http://www.a.example">www.a.example</a>입니다',
        ),
        ("https://a.example/위키", ">https://a.example/위키</a>"),
        (
            "[https://a.example은](https://b.example/)",
            '<a href="https://b.example/">https://a.example은</a>',
        ),
        (
            "&lt;https://a.example/b&gt;한글과",
            '&lt;<a href="https://a.example/b">https://a.example/b</a>&gt;한글과',
        ),
        ("(https://a.example/b)한글", 'b">https://a.example/b</a>)한글'),
        ("https://a.example/b>日本語", 'b">https://a.example/b</a>&gt;日本語'),
        ("「https://a.example/b」です", 'b">https://a.example/b</a>」です'),
        ("www.a.example/b。中文", 'http://www.a.example/b">www.a.example/b</a>。中文'),
        ("https://a.example/(b)한글", ">https://a.example/(b)한글</a>"),
        ("https://a.example/?b&c)글", '?b&amp;c">https://a.example/?b&amp;c</a>)글'),
        (
            "[https://a.example/b。中](https://b.example/)",
            ">https://a.example/b。中</a>",
        ),
    ],
)
def test_what_clings_to_an_address_is_no_part_of_it(text: str, html: str) -> None:
    assert html in html_of(f"{text}\n")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**Note:**next\n", "<strong>Note:</strong>next"),
        ("***Note:***next\n", "<em><strong>Note:</strong></em>next"),
        ("**One\nline.**Two **three**\n", "<strong>One\nline.</strong>Two <strong>th"),
        ("`**a.**b` ⸏ **c.**d\n", "<code>**a.**b</code> ⸏ **c.**d"),
        ("x**2 **(y)\n", "x**2 **(y)"),
    ],
)
def test_emphasis_may_end_between_a_mark_and_a_letter(markdown: str, html: str) -> None:
    assert html in html_of(markdown)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("그 **신호 K **（말）\n", "그 <strong>신호 K</strong> （말）"),
        ("**보충： **\n", "<strong>보충：</strong></p>"),
        ("**보충 **  \n둘\n", "<strong>보충</strong><br>\n둘"),
        ("**가 ** 나 **다** 라\n", "<strong>가</strong> 나 <strong>다</strong> 라"),
        ("2 ** 3 ** 4\n", "2 ** 3 ** 4"),
        ("x **2 그리고 y **3\n", "x **2 그리고 y **3"),
        ("하나 **주 ** 둘 **주\n", "하나 **주 ** 둘 **주"),
    ],
)
def test_emphasis_may_end_after_a_blank(markdown: str, html: str) -> None:
    assert html in html_of(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        '[가](https://a.example/ "한 "두" 셋") [나](https://b.example/ "넷")\n',
        '[가][1] [나]\n\n[1]: https://a.example/ "한 "두" 셋"\n[나]: https://b.example/ "넷"\n',
    ],
)
def test_a_title_may_have_quotation_marks_in_it(markdown: str) -> None:
    assert html_of(markdown) == (
        '<p><a href="https://a.example/" title="한 &quot;두&quot; 셋">가</a>'
        ' <a href="https://b.example/" title="넷">나</a></p>\n'
    )


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("##제목\n글\n", "<h2>제목</h2>\n<p>글</p>\n"),
        ("글\n###“제목”###\n글\n", "<p>글</p>\n<h3>“제목”</h3>\n<p>글</p>\n"),
        ("####A `b`##`c`\n", "<h4>A <code>b</code>##<code>c</code></h4>\n"),
        ("#속보 #지진\n", "<p>#속보 #지진</p>\n"),
        ("##!x\n", "<p>##!x</p>\n"),
        ("#######x\n", "<p>#######x</p>\n"),
        ("```\n##x\n```\n", "<pre><code>##x\n</code></pre>\n"),
        ("`x\n##y`\n", "<p><code>x ##y</code></p>\n"),
    ],
)
def test_a_heading_may_stand_right_behind_its_signs(markdown: str, html: str) -> None:
    assert html_of(markdown).rstrip() == html.rstrip()


def test_an_escape_in_an_address_in_running_text_is_no_part_of_it() -> None:
    html = html_of("보라: https://a.example/b\\_c\\_d.html `https://a.example/\\_`\n")

    assert 'href="https://a.example/b_c_d.html"' in html
    assert "<code>https://a.example/\\_</code>" in html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("    <?php\n    나\n\n글\n", "<pre><code>&lt;?php\n나\n</code></pre>"),
        ("글 \\<script\\> **나**\n", "<p>글 &lt;script&gt; <strong>나</strong></p>"),
    ],
)
def test_what_never_ends_is_shown_as_it_was_typed(markdown: str, html: str) -> None:
    assert html in html_of(markdown)


def test_an_html_file_is_no_markdown() -> None:
    assert html_of("<p>**글**</p>\n", "2026-01-02-quake.html") == "<p>**글**</p>\n"


def test_a_book_is_shown_to_a_point_and_its_author_is_told() -> None:
    body = "글 " * (LONGEST // 2 + 1)

    assert len(html_of(body)) < LONGEST + 20
    assert places(read(front("title: 강진", body))) == [("HT006", 4, LONGEST + 1)]


def test_so_is_a_body_of_nothing_but_signs() -> None:
    body = "글\n" * (MOST_SIGNS + 2)

    assert places(read(front("title: 강진", body))) == [("HT006", 65_540, 2)]


@pytest.mark.parametrize("piece", ["[^1]", "a@b.example "])
def test_what_has_no_end_is_text(piece: str) -> None:
    html = html_of(piece * 5000 + "\n\n[^1]: 주\n")

    assert "<a " not in html


@pytest.mark.parametrize("body", ["[^1]:" * 8000, " " * 30_000 + "{:/}" * 8000])
def test_hostile_text_takes_no_longer_than_long_text(body: str) -> None:
    begun = time.process_time()
    html_of(body)

    assert time.process_time() - begun < 3


def test_a_number_stands_for_no_character_that_a_feed_refuses() -> None:
    assert html_of("강&#xfdd0;진&#7;&#x1fffe;\U0001ffff\n") == "<p>강진</p>\n"


def test_what_looks_encoded_twice_stays_and_worries_no_validator() -> None:
    assert html_of("é는 Ã©로\n") == "<p>é는 Ã&#169;로</p>\n"


def test_text_in_our_own_marks_is_no_piece_of_ours() -> None:
    html = html_of("{% youtube a %} &#xfdd2;99&#xfdd3; &#xfdd2;0&#xfdd3;\n")

    assert html.startswith('<p><a href="https://www.youtube.com/watch?v=a">')


def test_controls_in_a_body_are_taken_out() -> None:
    assert html_of("강\x07진\ufdd1\n") == "<p>강진</p>\n"
