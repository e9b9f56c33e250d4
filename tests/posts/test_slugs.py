import pytest

from syndicate.posts.slugs import pretty_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug", "pretty"),
    [
        ("Big Quake", "big-quake", "Big-Quake"),
        ("지역-뉴스 Desk 2", "지역-뉴스-desk-2", "지역-뉴스-Desk-2"),
        ("강진 속보!", "강진-속보", "강진-속보!"),
        ("강\u1112\u1161\u11ab", "강한", "강한"),
        ("Ünïcode & more", "ünïcode-more", "Ünïcode-&-more"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
        ("a_b.c", "a-b-c", "a_b.c"),
        ("[속보] 강진", "속보-강진", "속보-강진"),
        ("--", "", ""),
        ("", "", ""),
    ],
)
def test_slugs_are_those_of_jekyll(text: str, slug: str, pretty: str) -> None:
    assert slugify(text) == slug
    assert pretty_slug(text) == pretty
