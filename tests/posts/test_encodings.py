import pytest

from tests.posts.samples import codes, places, read, site, title_of

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
        (TEXT.encode("utf-7"), "ko", "perhaps UTF-7"),
        ("---\ntitle: 地震 大地\n---\n".encode("hz"), "zh", "perhaps HZ"),
        (b"\xfb\xee\x28---\n\xb0", "en", "perhaps BOCU-1"),
        ("\ufeff---\ntitle: 强震".encode("gb18030"), "en", "perhaps GB18030"),
        ("---\ntitle: A\n".encode("cp037"), "en", "perhaps EBCDIC"),
        (TEXT.encode() + b"\xed\xa0\xbd\xed\xb8\x80", "en", "perhaps CESU-8"),
        (TEXT.encode() + b"\xc0\x80", "en", "perhaps modified UTF-8"),
        (TEXT.encode() + TEXT.encode("cp949"), "en", "perhaps CP949"),
        ("강진이 났다. 땅이 \n".encode("utf-16-le"), "en", "perhaps UTF-16-LE"),
        ("강진이 났다. 땅이 \n".encode("utf-16-be"), "en", "perhaps UTF-16-BE"),
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


@pytest.mark.parametrize("noise", [b"\xff\x81\x8d\xfe", b"\xa1\0\xa2\0\0"])
def test_bytes_that_are_no_text_are_refused_without_a_guess(noise: bytes) -> None:
    reading = read(b"---\ntitle: " + noise + b"\n---\n")

    assert places(reading) == [("FM002", 2, 8)]
    assert reading.problems[0].message == "not UTF-8"
    assert reading.problems[0].source.startswith("title: ")


def test_what_is_damaged_is_no_text_of_another_encoding() -> None:
    reading = read(TEXT.encode() + b"\xe0\x80\xaf", config=site(language="en"))

    assert places(reading) == [("FM002", 5, 1)]
    assert reading.problems[0].message == "not UTF-8"


@pytest.mark.parametrize("title", ["A +one +two +then", "a +82 +1 +b", "~{a~} +++"])
def test_ascii_with_odd_signs_is_ascii(title: str) -> None:
    assert title_of(f"title: {title}") == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be"])
def test_a_byte_order_mark_counts_once_or_more(encoding: str) -> None:
    reading = read(("\ufeff\ufeff" + TEXT).encode(encoding))

    assert reading.post
    assert reading.post.title == "강진이 났다"
