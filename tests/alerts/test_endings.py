import pytest

from syndicate.alerts.endings import ends_well, may_end, sentences


@pytest.mark.parametrize(
    "whole",
    [
        "5.2 km",
        "5.2km",
        "3조 2천억 원",
        "3조2천억원",
        "1,200여 명",
        "2만 5천 명",
        "￦5,000",
        "₩1,200",
        "30%p",
        "12.5 %",
        "-12.5℃",
        "규모 5.2",
        "제3차",
        "100mm",
        "120 km/h",
        "2026-11-22",
        "18:30",
        "$3.2 billion",
        "€1.5m",
        "1천500만 달러",
        "５００円",
        "2026 年",
        "3 万人",
        "1,200 亿元",
        "100 メートル",
        "٣٫٥٪",
        "#대한민국만세",
        "@news.desk",
        "https://news.example/a/b?c=d#e",
        "👨‍👩‍👧‍👦",
        "コンピュータ",
        "parliament",
        "парламент",
    ],
)
def test_nothing_ends_inside_of_what_belongs_together(whole: str) -> None:
    text = f"예산 {whole} 통과"
    start = text.index(whole)
    inside = {*range(start + 1, start + len(whole))}

    assert inside.isdisjoint(may_end(text))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("정부에서는 오늘", "정부"),
        ("국회가 오늘", "국회"),
        ("AI가 오늘", "AI"),
        ("‘정부’는 오늘", "‘정부’"),
        ("(금)에도 오늘", "(금)"),
        ("서울로부터, 오늘", "서울"),
        ("50%까지 오늘", "50%"),
    ],
)
def test_no_noun_loses_its_particle_and_no_particle_is_torn(
    text: str, noun: str
) -> None:
    word = text.partition(" ")[0].rstrip(",")

    assert {*range(len(noun), len(word))}.isdisjoint(may_end(text))
    assert len(word) in may_end(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("ちょっと待って、行く", (1, 2, 5, 7)),
        ("彼は「待って」と", (3, 6)),
        ("人々が", (1,)),
        ("เขาไปเที่ยว", (1, 4)),
    ],
)
def test_east_of_spaces_no_line_begins_or_ends_with_what_may_not(
    text: str, never: tuple[int, ...]
) -> None:
    assert set(never).isdisjoint(may_end(text))


def test_a_phrase_of_japanese_or_chinese_ends_well() -> None:
    japanese, chinese = "東京で大きな地震が発生した", "北京发生地震，没有伤亡。详情"

    assert [japanese[:end] for end in ends_well(japanese)] == [
        "東京で",
        "東京で大きな",
        "東京で大きな地震が",
    ]
    assert chinese.index("，") + 1 in ends_well(chinese)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("첫 문장. 둘째", "첫 문장."),
        ("一つ目。二つ目", "一つ目。"),
        ("「終わり。」次", "「終わり。」"),
        ("هل انتهى؟ نعم", "هل انتهى؟"),
        ("पहला वाक्य। दूसरा", "पहला वाक्य।"),
        ("v3.5 is out. Get it", "v3.5 is out."),
    ],
)
def test_a_sentence_ends_in_any_script(text: str, first: str) -> None:
    assert text[: sentences(text)[0]] == first


@pytest.mark.parametrize(
    "text",
    [
        "할 일: 3. 청소",
        "Dr. Kim",
        "the U.S. Senate",
        "J. R. Kim",
        "No. 5",
        "e.g. this",
    ],
)
def test_a_number_of_a_list_or_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_where_nothing_else_helps_only_addresses_stay_whole() -> None:
    assert may_end("#가나다", strict=False) == [1, 2, 3]
    assert may_end("가 https://a.kr", strict=False) == [1, 2]
