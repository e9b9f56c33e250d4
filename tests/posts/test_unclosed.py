import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.sanitise import DROPPED, TAGS, sanitise
from syndicate.posts.unclosed import as_text, released, with_whole_tags
from tests.posts.samples import html_of

BASE = "https://news.example/"
NAMES = [*sorted(TAGS | DROPPED), "plaintext", "path", "form", "xmp", "iframe", "mi"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("글 <script>나 <b>둘</b>", "글 &lt;script&gt;나 <b>둘</b>"),
        ("글 <svg viewBox='0 0 1 1'><path d='M0'>둘", "글 둘"),
        ("글 <title>둘", "글 &lt;title&gt;둘"),
        ("글 <textarea rows=3>둘", "글 둘"),
        ("글 <!-- 둘", "글 &lt;!-- 둘"),
        ("글 <plaintext>둘<b>셋</b>", "글 &lt;plaintext&gt;둘<b>셋</b>"),
        (
            "<p>가 <title> 나</p><pre><title></title></pre>",
            "<p>가 &lt;title&gt; 나</p><pre></pre>",
        ),
        ("<select><option>글", "&lt;select&gt;글"),
        ("<svg><svg></svg>글", "&lt;svg&gt;글"),
        ("글 <a href='둘", "글 &lt;a href='둘"),
        ("글 <script<script a=b>둘", "글 &lt;script둘"),
        ("<p>글</p 둘 <b 셋 <i", "<p>글&lt;/p 둘 &lt;b 셋 &lt;i</p>"),
        ("<p<noscript> id='x style=y>글</p>", '<p id="x style=y">글</p>'),
        ("<use href='<svg>'>글", "글"),
        ("<p 하나 <path d=1>글", "&lt;p 하나 글"),
        ("<pre class=</code\n<p>글</p>", "&lt;pre class=&lt;/code\n<p>글</p>"),
        ('글 <p x=<embed"> y>둘', "글 &lt;p x= y&gt;둘"),
        ("<<bad x>글 <<script></script>둘", "&lt;글 &lt;둘"),
        ("<!x <option y", "&lt;!x &lt;option y"),
        ("<option>글 <!x <b>둘</b>", "글 둘"),
        ("글 </: <xmp>둘<b>셋</b>", "글 &lt;/: &lt;xmp&gt;둘<b>셋</b>"),
        ("<script><!--<script></script>글", "글"),
        ("<!-- <test-->글", "글"),
        ("<math></p><noembed><!--</noembed>글", "&lt;math&gt;글"),
        ("<xmp a=b><!--&amp;</xmp>글", "<pre>&lt;!--&amp;amp;</pre>글"),
    ],
)
def test_what_nobody_closes_takes_nothing_with_it(written: str, shown: str) -> None:
    assert sanitise(written, BASE) == shown


@pytest.mark.parametrize(
    "written",
    [
        "<svg/>글",
        "<svg><title>땅</svg>글",
        "<svg><desc><div></svg>글",
        "<!-->글",
        "<!-- <svg> -->글",
        "<title>땅</title >글",
        "<button><button>가</button></button>글",
        "</title>글",
        "<button><table></button>글",
        "<!DOCTYPE <option></option>글",
        "<!-- <!x -->글",
        "<button><select></button></select>글",
        "</svg>글",
        "<svg><use href='<svg>' /></svg>글",
    ],
)
def test_what_is_closed_goes_with_all_it_holds(written: str) -> None:
    assert sanitise(written, BASE) == "글"


def test_a_tag_of_a_drawing_in_running_text_is_dropped_alone() -> None:
    assert sanitise("<p>cp <path> 글</p><p>둘</p>", BASE) == "<p>cp  글</p><p>둘</p>"


def test_html_of_known_tags_is_given_back_as_it_is() -> None:
    html = "<p>글 <b>둘</b></p>"

    assert released(with_whole_tags(html), TAGS) is html


@pytest.mark.parametrize(
    "opener",
    ["<script>", "<style>", "<!--", "<?php", "<![CDATA[", "  <SCRIPT>", "<!DOCTYPE <"],
)
def test_markdown_goes_on_after_a_block_that_never_ends(opener: str) -> None:
    assert "<strong>둘</strong>" in html_of(f"{opener}\n글\n\n**둘**\n")


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` 글",
        "<script>\nx\n</script>\n",
        "<!-- x -->\n",
        "<?x ?>",
        "<![cdata[x]]>",
        "<!DOCTYPE\nhtml>",
        "글",
    ],
)
def test_what_is_closed_or_code_stays(text: str) -> None:
    assert as_text(text) == text


@pytest.mark.parametrize(
    "pattern",
    ["<svg>", "<svg ", "<script>", "<!--", "<button>", "<a ", "<title></title "],
)
def test_a_hostile_pattern_takes_no_longer_than_a_long_text(pattern: str) -> None:
    text = pattern * 20_000

    assert len(released(with_whole_tags(as_text(text)), TAGS)) < 10 * len(text)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["글", "<!--", "-->", "&lt;", "<"]),
            st.builds("<{}{}{}>".format, st.sampled_from(["", "/"]),
                      st.sampled_from(NAMES), st.sampled_from(["", " a=b", "/"])),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_only_known_tags_come_out_whatever_went_in(parts: list[str]) -> None:
    html = sanitise("".join(parts), BASE)

    assert sanitise(html, BASE) == html
    assert "<script" not in html
    assert "<!--" not in html
