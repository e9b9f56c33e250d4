import pytest

from syndicate.web.media import is_feed, is_text, media_type


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("tag/속보/atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("tombstones.xml", "application/atom+xml; charset=utf-8"),
        ("partner/msn.xml", "application/rss+xml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("news-sitemap.xml", "application/xml; charset=utf-8"),
        ("other.json", "application/json; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("logo.SVG", "image/svg+xml; charset=utf-8"),
        ("logo.png", "image/png"),
        ("README", "application/octet-stream"),
    ],
)
def test_a_name_says_what_kind_of_file_it_is(name: str, found: str) -> None:
    assert media_type(name) == found


def test_text_is_worth_compressing_and_pictures_are_not() -> None:
    assert is_text("rss.xml")
    assert not is_text("logo.png")


def test_hubs_are_told_about_feeds_only() -> None:
    assert is_feed("category/a/rss.xml")
    assert is_feed("tombstones.xml")
    assert is_feed("partner/msn.xml")
    assert not is_feed("news-sitemap.xml")
