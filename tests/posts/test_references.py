import time

import pytest

from syndicate.posts.references import joined
from tests.posts.samples import html_of

GIVEN = "\n\n[wiki]: https://w.example/\n[둘]: /b\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[가 나] [wiki]", '<a href="https://w.example/">가 나</a>'),
        ("[가\n나]\n[WIKI].", '<a href="https://w.example/">가\n나</a>.'),
        ("![가] [wiki]", '<img src="https://w.example/" alt="가">'),
    ],
)
def test_a_blank_may_stand_between_a_link_and_its_name(text: str, html: str) -> None:
    assert html in html_of(text + GIVEN)


@pytest.mark.parametrize(
    "text",
    [
        "[wiki] [둘]",  # two links
        "[가][wiki] [둘]",
        "[가] [다른]",
        "[가] [wiki](/c)",
        "[가]  \n\n[wiki]",
        "`[가] [wiki]`",
        "[^1] [wiki]",
    ],
)
def test_what_is_no_such_link_stays(text: str) -> None:
    assert joined(text + GIVEN) == text + GIVEN


def test_brackets_in_an_address_need_no_other() -> None:
    html = html_of("[가][1] [나][2]\n\n[1]: /a(b.html\n[2]: /c(d)\n")

    assert html.count("<a href") == 2
    assert "/a(b.html" in html


def test_hostile_references_take_no_time() -> None:
    begun = time.process_time()
    for text in ("[a] [" * 20_000, "[a]\n" * 20_000, "[a]: /(\n" * 5_000):
        joined(text + GIVEN)

    assert time.process_time() - begun < 3
