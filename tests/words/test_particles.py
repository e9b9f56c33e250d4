import pytest

from syndicate.words.particles import End, last_sound, particle


@pytest.mark.parametrize(
    ("word", "both", "form"),
    [
        ("지진", "이(가)", "이"),
        ("속보", "이(가)", "가"),
        ("서울", "을(를)", "을"),
        ("태풍", "은(는)", "은"),
        ("한파", "은(는)", "는"),
        ("댓글", "과(와)", "과"),
        ("기사", "과(와)", "와"),
        ("부산", "(으)로", "으로"),
        ("제주", "(으)로", "로"),
        ("서울", "(으)로", "로"),
        ("예정", "(이)라", "이라"),
        ("여부", "(이)라", "라"),
        ("대상", "(이)나", "이나"),
    ],
)
def test_a_particle_follows_the_last_sound_of_a_korean_word(
    word: str, both: str, form: str
) -> None:
    assert particle(word, both) == form


@pytest.mark.parametrize(
    ("word", "both", "form"),
    [
        ("UTF-8", "(으)로", "로"),  # 팔
        ("cp949", "(으)로", "로"),  # 구
        ("2023", "은(는)", "은"),  # 삼
        ("1,000", "을(를)", "을"),  # 천
        ("title", "(으)로", "로"),  # 타이틀
        ("title", "이(가)", "이"),
        ("timezone", "이(가)", "이"),  # 타임존
        ("date", "이(가)", "가"),  # 데이트
        ("web", "을(를)", "을"),  # 웹
        ("URL", "은(는)", "은"),  # 유알엘
        ("RSS", "은(는)", "는"),  # 알에스에스
    ],
)
def test_digits_and_latin_letters_count_as_they_are_said(
    word: str, both: str, form: str
) -> None:
    assert particle(word, both) == form


def test_signs_at_the_end_of_a_word_are_not_heard() -> None:
    assert last_sound('"지진"') is End.CONSONANT
    assert last_sound("/2024/태풍/") is End.CONSONANT


@pytest.mark.parametrize("word", ["", "---", "速報", "ニュース", "новости"])
def test_both_forms_stand_where_nobody_can_tell(word: str) -> None:
    assert particle(word, "을(를)") == "을(를)"
