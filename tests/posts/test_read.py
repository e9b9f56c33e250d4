"""Whatever the bytes are: no traceback, and clean text."""

from hypothesis import given
from hypothesis import strategies as st

from syndicate.model import FiledPost
from syndicate.posts.entry import make_entry
from syndicate.posts.plain import REFUSED
from tests.posts.samples import NOON, read, site

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
    filed = FiledPost(post=reading.post, identity="tag:x,2024:1", first_seen=NOON)
    entry = make_entry(filed, reading.body, site())

    assert all(said)
    assert entry.link.isascii()
    assert entry.title
    assert not REFUSED.search(entry.title + entry.excerpt + entry.html)
    assert "<script" not in entry.html
    assert 'href="javascript:' not in entry.html
