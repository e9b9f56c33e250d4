import pytest

from syndicate.web.reader_names import LONGEST, Reader, reader_of

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "name", "subscribers"),
    [
        (
            "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like Feed)",
            "Feedly",
            42,
        ),
        ("Feedbin feed-id:1373711 - 39 subscribers", "Feedbin", 39),
        (
            "NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1/x",
            "NewsBlur Feed Fetcher",
            1,
        ),
        (
            "Mozilla/5.0 (compatible; theoldreader.com; 3 subscribers; feed-id=ab)",
            "theoldreader.com",
            3,
        ),
        ("Bloglovin/1.0 (http://www.bloglovin.com; 2 readers)", "Bloglovin", 2),
        ("Miniflux/2.2.1 (https://reader.kim.example)", "Miniflux", None),
        ("FreshRSS/1.24.1 (Linux; https://freshrss.org) Kim", "FreshRSS", None),
        ("Tiny Tiny RSS/21.09 (http://tt-rss.org/)", "Tiny Tiny RSS", None),
        ("FeedFetcher-Google; (+http://www.google.com/x)", "FeedFetcher-Google", None),
        ("Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)", "Yeti", None),
        ("Mozilla/5.0 (compatible; MSIE 9.0; Windows NT)", "browser", None),
        (CHROME, "browser", None),
        ("", "unnamed", None),
        ("(none)", "unnamed", None),
        ("x" * 500, "x" * LONGEST, None),
    ],
)
def test_a_reader_is_the_name_of_its_program_and_what_it_announces(
    user_agent: str, name: str, subscribers: int | None
) -> None:
    assert reader_of(user_agent) == Reader(name, subscribers)


def test_no_address_and_no_version_is_kept() -> None:
    found = reader_of("Miniflux/2.2.1 (https://reader.kim.example; kim@example.com)")

    assert "kim" not in repr(found)
    assert "2.2.1" not in repr(found)
