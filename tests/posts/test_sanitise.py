import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.sanitise import TAGS, sanitise

BASE = "https://news.example/2026/quake.html"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>글<script>alert(1)</script></p>", "<p>글</p>"),
        ('<p onclick="x()">글</p>', "<p>글</p>"),
        ('<a href="javascript:x()">글</a>', "<a>글</a>"),
        ("<style>p{}</style><p>글</p>", "<p>글</p>"),
        ("<svg><title>그림</title></svg>글", "글"),
        ("<form><input value=1><button>보내기</button></form>글", "글"),
        ("<object data=x><p>글</p></object>", "<p>글</p>"),
        ('<p data-a;=1 data-c"=2 data-d=3>글</p>', '<p data-d="3">글</p>'),
        ("<acronym>글</acronym>", "글"),
        ("<!-- 주석 -->글", "글"),
        ("<b><i>글</b></i>", "<b><i>글</i></b>"),
        ("<p>글", "<p>글</p>"),
        ("강&#7;진&#xfffe;&#0;", "강진"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_what_is_unsafe_goes_and_what_is_broken_is_mended(
    written: str, expected: str
) -> None:
    assert sanitise(written, BASE) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p data-ke-size="size16">&nbsp;</p>',
        '<span style="color:#ee2323">글</span>',
        '<font color="red">글</font>',
        ('<figure><img src="https://a.example/x.png" alt="땅" width="3" height="4">'
        "<figcaption>땅</figcaption></figure>"),
        ('<picture><source srcset="https://a.example/x.webp" type="image/webp">'
        '<img src="https://a.example/x.png"></picture>'),
        ('<video src="https://a.example/x.mp4" controls="" '
        'poster="https://a.example/x.png"></video>'),
        '<ol start="3"><li value="5">글</li></ol>',
        '<table><tbody><tr><td colspan="2">글</td></tr></tbody></table>',
        '<a href="https://a.example/?a=1&amp;b=2" rel="nofollow">글</a>',
        '<p lang="en" dir="ltr" title="a &lt; b">글</p>',
        '<details open=""><summary>글</summary>더</details>',
    ],
)  # fmt: skip
def test_what_is_harmless_stays(html: str) -> None:
    assert sanitise(html, BASE) == html


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<img src="/땅.png">', '<img src="https://news.example/%EB%95%85.png">'),
        ('<img srcset="a.png 2x">', '<img srcset="https://news.example/2026/a.png 2x">'),
        ('<a href="#fn:1">1</a>', f'<a href="{BASE}#fn:1">1</a>'),
        ('<a href="mailto:a@b.example">1</a>', '<a href="mailto:a@b.example">1</a>'),
        ('<q cite="/x">글</q>', '<q cite="https://news.example/x">글</q>'),
        ('<video poster="p.png"></video>',
         '<video poster="https://news.example/2026/p.png"></video>'),
        ('<img src="data:image/png;base64,AA">', ""),
        ('<img src=" ">', ""),
        ('<img alt="땅">', ""),
        ('<img data-src="/a.png" class="lazy">',
         '<img src="https://news.example/a.png" class="lazy">'),
        ('<img src="/a.png" data-orig-src="" data-full-src="/b" data-n="1">',
         '<img src="https://news.example/a.png" data-n="1">'),
        ('<img data-src="javascript:x">', ""),
    ],
)  # fmt: skip
def test_every_address_becomes_absolute(written: str, expected: str) -> None:
    assert sanitise(written, BASE) == expected


def test_what_is_shown_for_want_of_a_script_is_shown() -> None:
    assert sanitise('<NOSCRIPT><img src="/a.png"></NOSCRIPT>', BASE) == (
        '<img src="https://news.example/a.png">'
    )


@pytest.mark.parametrize(
    ("frame", "address", "text"),
    [
        (
            (
                '<iframe src="//www.youtube-nocookie.com/embed/a-b_c?start=3#x" '
                'title="지진  영상"></iframe>'
            ),
            "https://www.youtube.com/watch?v=a-b_c",
            "지진 영상",
        ),
        (
            "<IFRAME width=3 SRC='https://a.example/?x=1&amp;y=2'>\n</iframe>",
            "https://a.example/?x=1&amp;y=2",
            "https://a.example/?x=1&amp;y=2",
        ),
        ("<embed src=/x.swf>", "https://news.example/x.swf", "/x.swf"),
    ],
)
def test_a_frame_becomes_a_link(frame: str, address: str, text: str) -> None:
    assert sanitise(frame, BASE) == f'<a href="{address}">{text}</a>'


def test_a_frame_without_an_address_goes() -> None:
    assert sanitise("<iframe></iframe>글", BASE) == "글"


def test_a_list_that_opened_within_a_line_leaves_no_empty_paragraph() -> None:
    assert sanitise("<p>글 <ul></p>\n<li>가</li>\n</ul>", BASE) == (
        "<p>글 </p><ul><li>가</li>\n</ul>"
    )


def test_paragraphs_that_only_keep_a_distance_stay() -> None:
    assert sanitise("<p>&nbsp;</p><p> </p>", BASE) == "<p>&nbsp;</p>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p><object>가</p><p>나</p>", "<p>가</p><p>나</p>"),
        ("<p>가<marquee>나</p><p>다</p>", "<p>가나</p><p>다</p>"),
        ("<h2><legend>가<h2>나", "<h2>가</h2><h2>나</h2>"),
        ("<h2><table>가<h2>나</table>다", "<h2>가</h2><h2>나</h2><table></table>다"),
        ("<pre>\n\n가</pre>", "<pre>\n\n가</pre>"),
    ],
)
def test_a_parser_reads_what_was_written(written: str, expected: str) -> None:
    assert sanitise(written, BASE) == expected


def test_what_is_nested_beyond_sense_is_reduced_to_its_text() -> None:
    deep = "<div>" * 500 + "글 &amp; <b>말</b><script>x()</script>"

    assert sanitise(deep, BASE).split() == ["<p>", "글", "&amp;", "말", "</p>"]


@given(st.text(alphabet="<>/\"'=& abpx!-", max_size=80))
def test_the_result_is_canonical(text: str) -> None:
    html = sanitise(text, BASE)
    names = re.findall(r"<([a-z0-9]+)(?: [a-z-]+=\"[^\"<>]*\")*>", html)

    assert set(names) <= set(TAGS)
    assert len(names) + len(re.findall(r"</[a-z0-9]+>", html)) == html.count("<")
    assert sanitise(html, BASE) == html


def test_a_line_ends_as_every_parser_of_a_feed_reads_it() -> None:
    assert sanitise("하나&#13;&#xD;&#10;둘", "https://n.example/") == "하나\n\n\n둘"


def test_an_alternative_text_looks_like_no_address() -> None:
    html = sanitise("<img src=/a.png alt='<img SRC=b src=c>'>", "https://n.example/")

    assert 'src="https://n.example/a.png"' in html
    assert 'alt="&lt;img src&#61;b src&#61;c&gt;"' in html
