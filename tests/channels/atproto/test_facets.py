import pytest

from syndicate.channels.atproto.facets import facets


def marked(text: str) -> list[tuple[str, str]]:
    """Give each facet's own bytes as text, and what it says they are."""
    content = text.encode()
    found = []
    for each in facets(text):
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
