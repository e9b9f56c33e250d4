import pytest

from syndicate.posts.markdown import to_html


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("说明，www.a.example。", ["www.a.example"]),
        ("見、www.a.example/x、www.b.example、", ["www.a.example/x", "www.b.example"]),
        ("（www.a.example）", ["www.a.example"]),
        ("“www.a.example”", ["www.a.example"]),
        ("说明，https://a.example/b。", ["https://a.example/b"]),
    ],
)
def test_an_address_may_begin_after_a_full_width_mark(
    text: str, links: list[str]
) -> None:
    html = to_html(text)

    assert [part.split("</a>")[0] for part in html.split('">')[1:]] == links
    assert html.count("<") == 2 * len(links) + 2
    assert " " not in html.replace("<a href", "")


@pytest.mark.parametrize(
    "text", ["`，www.a.example`", "文www.a.example", "    ，www.a.example"]
)
def test_elsewhere_a_name_is_text(text: str) -> None:
    assert "href" not in to_html(f"글\n\n{text}")
    assert text.strip(" `") in to_html(f"글\n\n{text}")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "[글](https://a.example/，www.b.example)",
            "https://a.example/%EF%BC%8Cwww.b.example",
        ),
        ('<a href="/文，www.b.example">글</a>', "/文，www.b.example"),
    ],
)
def test_an_address_that_holds_another_stays_one(text: str, address: str) -> None:
    assert f'<a href="{address}">글</a>' in to_html(text)


def test_mailboxes_beyond_number_in_one_paragraph_are_text() -> None:
    line = "가 " * 240 + "a@b.example"

    assert "mailto:" in to_html(f"{line}\n\n" * 1000)
    assert "mailto:" not in to_html(f"{line} " * 1000)
