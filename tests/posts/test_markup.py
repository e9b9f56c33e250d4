import pytest

from syndicate.posts.markup import attributes, paragraphs, plain_text, tags


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>강진이 <b>났다</b>는 소식</p>", "강진이 났다는 소식"),
        ("<p>가</p><p>나</p>", "가\n나"),
        ("<p>가<br>나</p>\n<p>다</p>", "가\n나\n다"),
        ("<ul><li>가</li><li>나</li></ul>", "가\n나"),
        ("<p>한\n줄&nbsp;글</p>", "한 줄 글"),
        ("<table><tbody><tr><td>가</td><td>나</td></tr></tbody></table>", "가 나"),
        ("<p>가 &lt;b&gt; &amp;amp;</p>", "가 <b> &amp;"),
        ("<p>&nbsp;</p>", ""),
        (('<p>글<sup class="footnote-ref"><a href="#">1</a></sup></p>'
         '<section class="footnotes"><ol><li>주</li></ol></section>'), "글"),
        ("<ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby>", "漢한"),
        ('<p>앞<img src="x" alt="땅">뒤</p>', "앞뒤"),
    ],
)  # fmt: skip
def test_text_keeps_its_spacing(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_attributes_are_read() -> None:
    html = '<p><img src="https://a.example/?a=1&amp;b=2" alt="땅"><image><img></p>'

    assert list(tags(html, "img")) == [
        {"src": "https://a.example/?a=1&b=2", "alt": "땅"},
        {},
    ]
    assert attributes("<br>") == {}


def test_paragraphs_are_found() -> None:
    assert list(paragraphs('<p>가</p><pre>나</pre><p lang="ko">다</p>')) == ["가", "다"]
