import pytest

from tests.posts.samples import codes, places, read, site

TEXT = "---\ntitle: 강진이 났다\n---\n땅이 흔들렸다.\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("cp949", "CP949"),
        ("euc-kr", "CP949"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32-LE"),
        ("utf-32-be", "UTF-32-BE"),
    ],
)
def test_an_encoding_of_old_is_read_with_a_warning(encoding: str, named: str) -> None:
    reading = read(TEXT.encode(encoding))

    assert reading.post
    assert reading.post.title == "강진이 났다"
    assert reading.body == "땅이 흔들렸다.\n"
    assert codes(reading) == ["FM003"]
    assert named in reading.problems[0].message


def test_elsewhere_korean_of_old_is_named_but_not_read() -> None:
    reading = read(TEXT.encode("cp949"), config=site(language="en"))

    assert places(reading) == [("FM002", 2, 8)]
    assert "CP949" in reading.problems[0].message


@pytest.mark.parametrize(
    ("raw", "language", "likely"),
    [
        ("---\ntitle: caf\u00e9 noir\n---\n".encode("latin-1"), "fr", "perhaps CP1252"),
        (b"---\ntitle: \xa1\xa2\n---\n", "en", "perhaps CP1252"),
        ("---\ntitle: 地震が発生\n---\n".encode("cp932"), "ja", "perhaps CP932"),
        ("---\ntitle: 发生地震\n---\n".encode("gb18030"), "zh-CN", "perhaps GB18030"),
        (TEXT.encode("iso2022_kr"), "ko", "perhaps ISO-2022"),
        ("---\ntitle: 地震\n---\n".encode("iso2022_jp"), "ja", "perhaps ISO-2022"),
        (TEXT.encode()[:-4], "ko", "cut off within a character"),
        (TEXT.encode("utf-16")[:-1], "ko", "perhaps damaged UTF-16"),
    ],
)
def test_any_other_is_refused_and_guessed(
    raw: bytes, language: str, likely: str
) -> None:
    reading = read(raw, config=site(language=language))

    assert codes(reading) == ["FM002"]
    assert reading.problems[0].message == f"not UTF-8, {likely}"


def test_korean_of_old_that_is_damaged_further_on_is_refused() -> None:
    reading = read((TEXT + "땅이 흔들렸다.\n" * 9).encode("cp949") + b"\xff\n")

    assert places(reading) == [("FM002", 2, 8)]
    assert reading.problems[0].message == "not UTF-8, perhaps CP949"


def test_bytes_that_are_no_text_are_refused_without_a_guess() -> None:
    reading = read(b"---\ntitle: \xff\x81\x8d\xfe\n---\n")

    assert places(reading) == [("FM002", 2, 8)]
    assert reading.problems[0].message == "not UTF-8"
    assert reading.problems[0].source.startswith("title: ")
