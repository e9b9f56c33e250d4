import codecs

import pytest

from syndicate.posts.guesses import LETTERS, SAMPLE, likely

TEXTS = {
    "CP949": "땅이 흔들렸다. 다리는 그대로 서 있고 다친 사람은 없다.",
    "Johab": "땅이 흔들렸다. 다리는 그대로 서 있고 다친 사람은 없다.",
    "CP932": "地面が揺れました。橋はそのままで、けがをした人はいません。",
    "EUC-JP": "地面が揺れました。橋はそのままで、けがをした人はいません。",
    "GB18030": "大地震动了。桥还在那里,没有人在这个国家受伤,我们的人都在。",
    "Big5": "大地震動了。橋還在那裡,沒有人在這個國家受傷,我們的人都在。",
    "CP1251": "Земля дрогнула. Мост стоит на месте, никто не пострадал.",
    "KOI8-R": "Земля дрогнула. Мост стоит на месте, никто не пострадал.",
    "CP866": "Земля дрогнула. Мост стоит на месте, никто не пострадал.",
    "ISO-8859-5": "Земля дрогнула. Мост стоит на месте, никто не пострадал.",
    "CP1253": "Η γη σείστηκε. Η γέφυρα στέκεται και κανείς δεν τραυματίστηκε.",
    "CP1255": "האדמה רעדה. הגשר עומד על מקומו ואיש לא נפגע.",
    "CP1256": "اهتزت الأرض. الجسر قائم في مكانه ولم يصب أحد.",
    "CP874": "แผ่นดินไหว สะพานยังอยู่ที่เดิม และไม่มีใครได้รับบาดเจ็บ",
    "CP1252": "La terre a tremblé; le pont est resté où il était, à côté du marché.",
    "CP1250": "Ziemia zadrżała. Most stoi, jak stał, a nikt się nie zranił.",
    "CP1254": "Yer sarsıldı. Köprü yerinde duruyor, kimse yaralanmadı, çarşı açık.",
    "CP1257": "Žemė sudrebėjo. Tiltas stovi kaip stovėjęs, niekas nesužeistas.",
    "Mac-Roman": "La terre a tremblé; le pont est resté où il était, à côté du marché.",
}


def test_every_encoding_is_tried() -> None:
    assert set(TEXTS) == set(LETTERS)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_tells_what_it_was_written_in(name: str) -> None:
    raw = f'---\ntitle: "A"\n---\n{TEXTS[name]}\n'.encode(codecs.lookup(name).name)

    assert likely(raw, "fr") == name
    assert likely(raw, "ko") == name


@pytest.mark.parametrize("title", ["지진", "[속보] 큰불", "React와 Vue", "○ 땅", "※"])
def test_few_letters_are_believed_to_be_the_languages_own(title: str) -> None:
    assert likely(f"---\ntitle: {title}\n---\n".encode("cp949"), "ko-KR") == "CP949"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("きのうからとまった電車", "cp932"),
        ("こちらはもうみました", "euc-jp"),
        ("昨天傍晚北部山区发生泥石流", "gb2312"),
        ("昨天傍晚北部山區發生土石流", "big5"),
        ("Größe", "latin-1"),
    ],
)
def test_what_only_decodes_as_korean_is_not_taken_for_it(
    text: str, encoding: str
) -> None:
    assert likely(f"---\ntitle: {text}\n---\n".encode(encoding), "ko") != "CP949"


def test_a_text_is_told_by_a_sample_that_may_end_within_a_letter() -> None:
    for length in (SAMPLE, SAMPLE + 1):
        raw = b" " * (length % 2) + ("땅이 흔들렸다.".encode("cp949") * SAMPLE)

        assert likely(raw, "en") == "CP949"


def test_where_nothing_tells_the_sites_language_does() -> None:
    raw = "---\ntitle: 震度七地域救助活動継続中\n---\n".encode("cp932")

    assert likely(raw, "ja") == "CP932"
    assert likely(b"---\ntitle: \xff\x81\x8d\xfe\n---\n", "ko") == ""
