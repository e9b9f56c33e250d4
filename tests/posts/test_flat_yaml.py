"""The short way through front matter gives what the long way gives, or nothing at all."""

import sys

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.posts.fences import take_apart
from syndicate.posts.flat_yaml import parse_flat
from syndicate.posts.long_way import BREAKS, WIDE, Front
from syndicate.posts.plain import REFUSED
from syndicate.posts.problems import Fault, Notes

FLAT = """title: 강진:규모 6.1
date: 2025-06-30 18:00:00 +0900
image: '/a b.jpg'
feature_image: "https://news.example/a#b"

categories:
  - 속보
  - 교통 소식
tags: [지진, 한국 , c]
none: []
empty:
excerpt: >
  첫 줄
  둘째 줄

  # 셋째 줄
literal: |-
  하나
  둘
last: a-b
""".replace("a-b", "a-b  ")

SIGNS = (
    "a key 강진 0 12:30 ~ null true … 😀 — ( ) / = < << ! & * ? % @ ` { } [ ] , ' \" # > | "
    ">- |- - . ... --- + \\ \u00a0 \u3000 http://a/b?c=d#e"
)
BREAKS_AND_BLANKS = " |  |: |:|\n|\n\n|\n  |\n- |\n  - | #|x: "  # apart by a bar
BITS = [*SIGNS.split(" "), *BREAKS_AND_BLANKS.split("|")]


def long_way(front: str) -> object:
    """Read front matter through libyaml; what it has to note is part of the answer."""
    notes = Notes(file="a.md")
    parts = take_apart(f"---\n{front}---\n", notes)
    assert parts
    handler = Front(parts, notes)
    try:
        frontmatter.parse("", handler=handler)
    except Fault as fault:
        return fault.code
    return handler.fields if not notes.problems else notes.problems


def test_most_front_matter_is_flat() -> None:
    assert parse_flat(FLAT) == long_way(FLAT)
    assert (parse_flat(FLAT) or {})["excerpt"] == "첫 줄 둘째 줄\n# 셋째 줄\n"


@pytest.mark.parametrize(
    ("breaks", "joined"), [("\n", " "), ("\n\n", "\n"), ("\n\n\n\n", "\n\n\n")]
)
def test_of_several_line_breaks_in_a_folded_block_one_goes(
    breaks: str, joined: str
) -> None:
    front = f"a: >\n  하나{breaks}  둘\n  셋\n"

    assert parse_flat(front) == long_way(front) == {"a": f"하나{joined}둘 셋\n"}


@given(st.lists(st.sampled_from(BITS), max_size=8).map("".join))
@example("a: b\n c")
@example("[a, b:c]")
@example(" - a\n- b")
@example(" >\n  a\n   b")
@example(" > \n\n  a")
@example(" a\n---")
def test_the_short_way_gives_what_the_long_way_gives(value: str) -> None:
    for front in (f"k: {value}\n", f"k:{value}\nz: 1\n"):
        found = parse_flat(front)

        assert found is None or found == long_way(front)


@given(
    at=st.integers(0, len(FLAT)),
    cut=st.integers(0, 3),
    put=st.lists(st.sampled_from(BITS), max_size=3).map("".join),
)
def test_it_does_so_after_any_slip_of_the_pen(at: int, cut: int, put: str) -> None:
    front = FLAT[:at] + put + FLAT[at + cut :]
    found = parse_flat(front) if front.endswith("\n") else None

    assert found is None or found == long_way(front)


@pytest.mark.parametrize(
    "front",
    [
        "a: 1\na: 2\n",
        'a: "\\u0041"\n',
        "a: e\u0301\n",
        "a: b\tc\n",
        "a: \ufffd\n",
        "a:\n  b: c\n",
        "a: b # c\n",
        "a: *b\n",
    ],
)
def test_what_is_not_flat_takes_the_long_way(front: str) -> None:
    assert parse_flat(front) is None


def test_nothing_that_can_be_printed_is_refused_but_one() -> None:
    """The short way asks whether text can be printed, where the long way has three lists."""
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))

    assert set(REFUSED.findall(printable)) == {"\ufffd"}
    assert not BREAKS.search(printable)
    assert not WIDE.search(printable)
