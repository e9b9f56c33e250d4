import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.addresses import absolute, absolute_set, encoded, on_site, web

BASE = "https://news.example/blog/2026/quake.html"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/a.png", "https://news.example/a.png"),
        ("a b.png", "https://news.example/blog/2026/a%20b.png"),
        ("../x", "https://news.example/blog/x"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("#fn:1", BASE + "#fn:1"),
        ("?p=2", BASE + "?p=2"),
        ("", BASE),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("HTTPS://A.Example/X", "https://a.example/X"),
        ("/강진", "https://news.example/%EA%B0%95%EC%A7%84"),
        ("/%EA%B0%95", "https://news.example/%EA%B0%95"),
        ("/100%", "https://news.example/100%25"),
        ("/[x]|y\\z", "https://news.example/%5Bx%5D%7Cy%5Cz"),
        (
            "/x?q=강&r[]=1|2#강",
            "https://news.example/x?q=%EA%B0%95&r%5B%5D=1%7C2#%EA%B0%95",
        ),
        ("/x?a=b?c/d", "https://news.example/x?a=b?c/d"),
        ("http://한글.kr/", "http://xn--bj0bj06e.kr/"),
        ("http://%ED%95%9C%EA%B8%80.kr/", "http://xn--bj0bj06e.kr/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://user:pass@a.example/x", "https://a.example/x"),
        ("https://a.example:8443?x", "https://a.example:8443?x"),
        (
            "mailto:desk@news.example?subject=강진",
            "mailto:desk@news.example?subject=%EA%B0%95%EC%A7%84",
        ),
        ("tel:+82-2-123", "tel:+82-2-123"),
        ("{static}/a.png", "https://news.example/a.png"),
        ("%7Battach%7Da.png", "https://news.example/blog/2026/a.png"),
        ("|filename|/a b.md", "https://news.example/a%20b.md"),
    ],
)
def test_addresses_become_absolute_and_ascii(written: str, expected: str) -> None:
    assert absolute(written, BASE) == expected


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "blob:https://a.example/x",
        "http://",
        "https://a b/",
        "https://a..b/",
        "https://-a/",
        "https://[::1",
        "https://a.example:99999/",
        "https://가..나/",
        "https://a%2Fb.example/",
        "https://%ED%95.kr/",
    ],
)
def test_what_leads_nowhere_a_reader_may_go_is_dropped(written: str) -> None:
    assert absolute(written, BASE) is None


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_none(text: str) -> None:
    found = absolute(text, BASE)

    assert found is None or (found.isascii() and " " not in found)
    assert found is None or absolute(found, BASE) == found


def test_a_picture_is_of_the_web() -> None:
    assert web("a.png", BASE) == "https://news.example/blog/2026/a.png"
    assert web("mailto:a@b.example", BASE) is None
    assert web("http://[::1]/a.png", BASE) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.png 1x, /b c.png 2x", "https://news.example/blog/2026/a.png 1x"),
        ("https://a.example/x,y.png 100w,/z.png 2.5x",
         "https://a.example/x,y.png 100w, https://news.example/z.png 2.5x"),
        ("data:image/png;base64,AAAA 1x, b.png", "https://news.example/blog/2026/b.png"),
        ("javascript:x 1x", None),
        ("", None),
    ],
)  # fmt: skip
def test_every_picture_of_a_set_becomes_absolute(
    written: str, expected: str | None
) -> None:
    found = absolute_set(written, BASE)

    assert found == expected or (expected and found and found.startswith(expected))


@pytest.mark.parametrize(
    ("written", "at_root", "below"),
    [
        ("/a.png", "/a.png", "/blog/a.png"),
        ("a.png", "/a.png", "/blog/a.png"),
        ("/blog/a.png", "/blog/a.png", "/blog/a.png"),
        ("/blogs/a.png", "/blogs/a.png", "/blog/blogs/a.png"),
        ("/blog", "/blog", "/blog/"),
        ("../../img/a.png", "/img/a.png", "/blog/img/a.png"),
        ("./a.png?b=/../c", "/a.png?b=/../c", "/blog/a.png?b=/../c"),
        ("/img/../../.a/./b.png", "/.a/b.png", "/blog/.a/b.png"),
    ],
)
def test_addresses_on_the_site_begin_where_it_does(
    written: str, at_root: str, below: str
) -> None:
    assert on_site(written, "https://news.example") == f"https://news.example{at_root}"
    assert (
        on_site(written, "https://news.example/blog") == f"https://news.example{below}"
    )


def test_whole_addresses_stay() -> None:
    assert on_site("http://a.example/x", "https://news.example") == "http://a.example/x"
    assert on_site("//a.example/x", "https://news.example") == "https://a.example/x"
    assert on_site("data:x", "https://news.example") is None


def test_bytes_that_are_no_text_are_encoded_as_they_are() -> None:
    assert encoded("\udcff?#") == "%FF%3F%23"
    assert encoded("?", also="?") == "?"
