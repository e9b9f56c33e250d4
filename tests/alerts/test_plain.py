import pytest

from syndicate.alerts.plain import RAW, one_line, paragraphs

LINK = "https://news.example/1"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (f"{LINK}에서 보세요", f"{LINK} 에서 보세요"),
        (f"{LINK}를 보세요", f"{LINK} 를 보세요"),
        (f"{LINK}에서는, 보세요", f"{LINK} 에서는, 보세요"),
        (f"{LINK} 에서", f"{LINK} 에서"),
        (f"{LINK}은행잎", f"{LINK}은행잎"),
        (f"{LINK}.", f"{LINK}."),
    ],
)
def test_a_particle_stands_apart_from_a_link(typed: str, plain: str) -> None:
    assert paragraphs(typed) == plain


def test_lines_are_kept_or_joined() -> None:
    assert paragraphs("가  나\n\n\n\n다\r\n라 ") == "가 나\n\n다\n라"
    assert one_line("가  나\n\n\n\n다\r\n라 ") == "가 나 다 라"


def test_what_nobody_reaches_is_cut_in_sight_and_never_inside_an_address() -> None:
    assert one_line("가나 다라 마바", most=6) == "가나 다라…"
    assert one_line("가나다라마바사", most=6) == "가나다라마바…"
    assert one_line(LINK, most=12) == "https…"
    assert one_line(f"가 {LINK}", most=20) == "가…"


def test_a_flood_is_not_looked_at_to_its_end() -> None:
    assert len(one_line("가" * (RAW + 5))) == RAW
