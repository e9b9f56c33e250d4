import pytest

from syndicate.alerts.address import ascii_address


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        ("https://news.example/%EA%B0%80", "https://news.example/%EA%B0%80"),
        ("https://news.example/가", "https://news.example/%EA%B0%80"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://Faß.de/", "https://xn--fa-hia.de/"),
        ("https://뉴스.한국:8080/", "https://xn--vg1b002a.xn--3e0b707e:8080/"),
        ("https://뉴스..한국/", "https://%EB%89%B4%EC%8A%A4..%ED%95%9C%EA%B5%AD/"),
        ("http://[bad/가", "http://[bad/%EA%B0%80"),
        ("가", "%EA%B0%80"),
    ],
)
def test_an_address_is_written_in_ascii(typed: str, written: str) -> None:
    assert ascii_address(typed) == written
    assert ascii_address(written) == written
