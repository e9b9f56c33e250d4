import pytest

from syndicate.channels.text import between_links, pieces


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://news.example/1", ["https://news.example/1"]),
        ("https://news.example/1에서", ["https://news.example/1"]),
        ("(https://news.example/a_(b)).", ["https://news.example/a_(b)"]),
        ("<https://news.example/?a=1&b=2>", ["https://news.example/?a=1&b=2"]),
        ("http://a.kr, https://b.kr/!", ["http://a.kr", "https://b.kr/"]),
        ("https://, https://?", []),
        ("mailto:a@b.kr news.example", []),
        ("", []),
    ],
)
def test_an_address_ends_where_a_sentence_or_another_script_begins(
    text: str, links: list[str]
) -> None:
    found = list(pieces(text))

    assert [each.text for each in found if each.is_link] == links
    assert "".join(each.text for each in found) == text
    assert all(text[each.start :].startswith(each.text) for each in found)


def test_what_stands_between_is_changed_and_addresses_are_not() -> None:
    assert between_links("a_b https://a.kr/a_b", str.upper) == "A_B https://a.kr/a_b"
