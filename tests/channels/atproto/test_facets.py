import pytest

from syndicate.channels.atproto.facets import rich


def marked(text: str) -> list[tuple[str, str]]:
    """Give each facet's own bytes as text, and what it says they are."""
    shown, facets = rich(text)
    content = shown.encode()
    found = []
    for each in facets:
        place, (feature,) = each["index"], each["features"]
        stretch = content[place["byteStart"] : place["byteEnd"]].decode()
        found.append((stretch, feature.get("uri") or feature["tag"]))
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#속보 지진", [("#속보", "속보")]),
        ("👨‍👩‍👧 #地震!", [("#地震", "地震")]),
        ("＃속보, #a_b", [("＃속보", "속보"), ("#a_b", "a_b")]),
        ("#1위", [("#1위", "1위")]),
        ("#2026 #️⃣ a#b # #! ##", []),
        ("#" + "가" * 64, [("#" + "가" * 64, "가" * 64)]),
        ("#" + "가" * 65, []),
        ("https://a.kr/#tag", [("https://a.kr/#tag", "https://a.kr/#tag")]),
        ("في https://a.kr/1، #خبر", [("https://a.kr/1",) * 2, ("#خبر", "خبر")]),
    ],
)
def test_a_facet_covers_the_bytes_of_its_words(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert marked(text) == found


HANGUL = "https://news.example/2026/11/22/" + "%EC%A7%80" * 20


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://news.example/2026/11/22/1", "https://news.example/2026/11/22/1"),
        (
            "https://news.example/2026/11/22/earthquake",
            "news.example/2026/11/22/earthquake",
        ),
        (HANGUL, "news.example/2026/11/22/…"),
        ("https://" + "a" * 50 + ".kr/1", "a" * 39 + "…"),
    ],
)
def test_of_a_long_address_the_beginning_is_shown_and_all_of_it_linked(
    address: str, shown: str
) -> None:
    assert rich(f"지진 {address} 속보")[0] == f"지진 {shown} 속보"
    assert marked(f"지진 {address} #속보") == [(shown, address), ("#속보", "속보")]
