import pytest

from syndicate.cli.panels import draw_panel
from syndicate.model import Outgoing
from syndicate.words import speaking


@pytest.mark.parametrize(
    ("language", "unit", "told"),
    [
        ("en", "escaped utf 16 units", "41 of 2,000 escaped utf 16 units"),
        ("ko", "escaped utf 16 units", "2,000단위 중 41"),
        ("ko", "bytes", "2,000바이트 중 41"),
        ("ko", "UTF-16 units", "2,000 UTF-16 단위 중 41"),
    ],
)
def test_what_is_counted_is_told_in_the_language_that_is_spoken(
    language: str, unit: str, told: str
) -> None:
    message = Outgoing(
        channel="desk",
        kind="discord",
        body="{}",
        text="지진",
        count=41,
        limit=2_000,
        unit=unit,
    )

    with speaking(language):
        assert draw_panel(message, "", body=False).subtitle == told
