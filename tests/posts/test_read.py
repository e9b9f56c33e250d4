"""Whatever the bytes are: no traceback, and clean text."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from syndicate.model import FiledPost
from syndicate.posts.entry import make_entry
from syndicate.posts.plain import REFUSED
from syndicate.posts.read import read_again
from tests.posts.samples import NOON, front, post_of, read, site

PIECES = [
    *"[]{}<>\"'`~#&*!|@%\\:-+;.,=^_()0",
    *[
        "---\n",
        "...\n",
        "+++\n",
        "{{",
        "}}",
        "{%",
        "%}",
        "{% raw %}",
        "{:",
        "\n",
        "\n\n",
    ],
    *["title: ", "date: ", "tags: ", "permalink: /:", "excerpt: ", "2024-05-18", "no"],
    *[
        "<script>",
        "</script>",
        "<svg ",
        "<!--",
        "-->",
        "<a href='",
        "<img src=",
        "<table>",
    ],
    *["javascript:", "&#xfdd2;0&#xfdd3;", "{% youtube a %}", "[^1]", "| a |\n", "```"],
    *["\x00", "\x85", "\u2028", "\ufeff", "\ufdd0", "：", "\u00a0", "글", "한", "출처"],
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=30),
    st.sampled_from(["utf-8", "utf-16", "cp949"]),
    st.sampled_from(["2024-05-18-a.md", "한글/a.html", "a"]),
    st.sampled_from(["{}", "---\ntitle: 강진\n{}\n---\n"]),
)
def test_any_file_gives_a_clean_entry_or_a_problem(
    front: list[str], body: list[str], encoding: str, path: str, frame: str
) -> None:
    text = frame.replace("{}", "".join(front)) + "".join(body)
    raw = text.encode(encoding, "replace")
    reading = read(raw, path)
    said = [str(problem) for problem in reading.problems]
    if reading.post is None:
        return
    again = read_again(raw, replace(reading.post, fields={}), site())
    assert (again.post, again.body) == (reading.post, reading.body)

    filed = FiledPost(post=reading.post, identity="tag:x,2024:1", first_seen=NOON)
    entry = make_entry(filed, reading.body, site())

    assert all(said)
    assert entry.link.isascii()
    assert entry.title
    assert not REFUSED.search(entry.title + entry.excerpt + entry.html)
    assert "<script" not in entry.html
    assert 'href="javascript:' not in entry.html


def test_a_file_that_says_something_else_by_now_is_read_as_it_is_now() -> None:
    before = post_of(front("title: 강진"))

    again = read_again(front("title: 여진", "새 글.").encode(), before, site())

    assert again.post
    assert (again.post.title, again.body.strip()) == ("여진", "새 글.")


@given(st.text(alphabet=" \t\n\x1c\u3000\xa0가a.", max_size=8), st.booleans())
def test_a_body_has_one_hash_however_it_is_written(body: str, beyond: bool) -> None:  # noqa: FBT001 - drawn
    text = front("title: 강진" if beyond else "title: quake", body)
    expected = sha256(body.strip().encode()).digest() if body.strip() else b""

    assert post_of(text).body_hash == expected
    assert post_of(text.replace("\n", "\r\n")).body_hash == expected
    assert post_of("\ufeff" + text).body_hash == expected
    assert post_of(text.encode("utf-16")).body_hash == expected
