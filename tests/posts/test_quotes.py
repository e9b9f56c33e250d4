import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.quotes import with_quotes_closed
from syndicate.posts.sanitise import sanitise


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            '<p class="x>하나</p>\n<p>둘 "셋"</p>',
            '<p class="x">하나</p>\n<p>둘 "셋"</p>',
        ),
        ("<p id='x>하나\n<p>don't</p>", "<p id='x'>하나\n<p>don't</p>"),
        ('<td width="50%>하나</td> 둘', '<td width="50%">하나</td> 둘'),
        ('<p class="x>하나 <p class="y">둘', '<p class="x">하나 <p class="y">둘'),
        ('<P class="x>하나</p> 5" 둘', '<P class="x">하나</p> 5" 둘'),
        ('<p a="b" c="d>하나</p>e" <b>', '<p a="b" c="d">하나</p>e" <b>'),
        ('하나 <div style="color:\n<p>둘</p>', '하나 <div style="color:\n"><p>둘</p>'),
        ("<a href='\n<p>둘 <b id='c'>셋", "<a href='\n'><p>둘 <b id='c'>셋"),
        ("<p == '하나>둘<p>'a b", "<p == '하나'>둘<p>'a b"),
        (
            "<script><!-- '</script><p title='하나>둘</p>'a",
            "<script><!-- '</script><p title='하나'>둘</p>'a",
        ),
        ("<p>하나</p class=\"><p>둘</p id='>셋", "<p>하나</p><p>둘</p>셋"),
    ],
)
def test_a_value_that_nobody_closed_ends_with_its_tag(written: str, meant: str) -> None:
    assert with_quotes_closed(written) == meant


@pytest.mark.parametrize(
    "html",
    [
        '<b title="a>b">c</b>',
        '<img alt="5 > 3 <b> c" src="a.png"> "x"',
        "<div title='it's here'>x</div>",
        '<a href=x?a="b>t</a> "c"',
        '<p class="',
        '<p class="x',
        '<p ="<',
        '<p =">"',
        '<p a==">">',
        '<p a="<',
        "<p = '하나>둘<p>'a b",
        '<style>a > "b</style>c"',
        '<style>a="b>',
        '<!--<p class="x>하나</p>--> <!-- <b a="c">',
        "3 < 4 and a = 'b>c'",
        "글",
    ],
)
def test_whatever_may_be_meant_stays(html: str) -> None:
    assert unescape(with_quotes_closed(html)) == html


def test_what_a_value_holds_looks_like_no_tag() -> None:
    found = with_quotes_closed("<img alt='<set>' title=\"a<b\"> 3 < 5")

    assert found == "<img alt='&lt;set&gt;' title=\"a&lt;b\"> 3 < 5"


def test_no_word_after_an_odd_mark_is_lost() -> None:
    found = sanitise('<p class="x>하나</p>\n<p>둘 "셋" 넷</p>', "https://n.example/")

    assert found == '<p class="x">하나</p>\n<p>둘 "셋" 넷</p>'
    assert "<p>둘</p>" in sanitise('하나<div style="\n<p>둘</p>', "https://n.example/")


@given(st.lists(st.sampled_from([*"<>\"'=/ ab\n", "<a ", "</a>", 'b="', "='"])))
def test_nothing_but_ends_is_added(pieces: list[str]) -> None:
    html = "".join(pieces)
    found = iter(unescape(with_quotes_closed(html)))

    for char in html:
        while (each := next(found)) != char:
            assert each in "\"'>"
    assert not list(found)


@pytest.mark.parametrize(
    "html",
    [
        '<a b=">' * 40_000,
        "<a b='>" * 40_000 + '"',
        '<a b=">x</a ' * 40_000,
        "<a b=\"><c d='>" * 20_000,
        "<a b='<" * 40_000,
        "<a b='<'" * 40_000,
        '<a b="' + ">" * 300_000,
        "<!--" * 100_000 + '<a b="c>',
        "<a =" + "= " * 100_000 + '=">',
        "<" * 200_000 + '="a>',
    ],
)
def test_hostile_html_takes_no_longer_than_long_html(html: str) -> None:
    begun = time.process_time()
    with_quotes_closed(html)

    assert time.process_time() - begun < 3
