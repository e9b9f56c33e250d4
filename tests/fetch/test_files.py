import pytest

from syndicate.fetch.files import path_on_site

SITE = "https://news.example/blog"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{SITE}/a.png", "a.png"),
        (f"{SITE}/images/a.png?v=2#x", "images/a.png"),
        (f"{SITE}/%EB%95%85.jpg", "땅.jpg"),
        (f"{SITE}//a.png", "a.png"),
        (f"{SITE}/../config.toml", "../config.toml"),
        (f"{SITE}/", None),
        (f"{SITE}/a%00.png", None),
        (f"{SITE}/%ff.png", None),
        ("https://news.example/a.png", None),
        ("https://news.example.evil.example/blog/a.png", None),
        ("https://elsewhere.example/blog/a.png", None),
    ],
)
def test_an_address_of_the_site_names_a_file(url: str, path: str | None) -> None:
    assert path_on_site(url, SITE) == path
