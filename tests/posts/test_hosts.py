import pytest

from syndicate.posts.hosts import ascii_host


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.example", "a.example"),
        ("한글.kr", "xn--bj0bj06e.kr"),
        ("faß.de", "xn--fa-hia.de"),
        ("ΣΑΣ.gr", "xn--mxa9ab.gr"),
        ("München.DE", "xn--mnchen-3ya.de"),
        ("例え。jp", "xn--r8jz45g.jp"),
        ("💩.la", "xn--ls8h.la"),
        ("ＥＸＡＭＰＬＥ.com", "example.com"),
        ("e\u0302.com", "xn--bda.com"),
    ],
)
def test_hosts_are_those_a_browser_would_ask(name: str, expected: str) -> None:
    assert ascii_host(name) == expected


@pytest.mark.parametrize("name", ["⒈.com", "뉴스..한국", f"{'가' * 60}.kr", ".한국"])
def test_a_host_no_browser_would_ask_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"not allowed|empty or too long"):
        ascii_host(name)
