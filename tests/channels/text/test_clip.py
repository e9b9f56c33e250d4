import pytest

from syndicate.channels.text import clip


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [
        ("속보", 2, "속보"),
        ("속보입니다", 4, "속보입…"),
        ("The harbour was closed", 17, "The harbour was…"),
        ("The harbour was closed", 13, "The harbour…"),
        ("👨‍👩‍👧👨‍👩‍👧", 9, "👨‍👩‍👧…"),
        ("👨‍👩‍👧👨‍👩‍👧", 8, "…"),
    ],
)
def test_a_text_is_cut_between_letters(text: str, most: int, clipped: str) -> None:
    assert clip(text, most) == clipped
    assert len(clipped.encode("utf-16-le")) // 2 <= most
