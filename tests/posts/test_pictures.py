import pytest

from syndicate.model import Picture
from syndicate.posts.pictures import type_of
from tests.posts.samples import entry_of, front, site

AT = "https://news.example"


def picture(fields: str, body: str = "글.\n") -> Picture | None:
    return entry_of(front(f"title: 강진\n{fields}", body)).picture


@pytest.mark.parametrize(
    "fields",
    [
        "image: /a.png",
        "image: a.png",
        "image: https://news.example/a.png",
        "image: {path: /a.png}",
        "image:\n  url: /a.png",
        "feature_image: /a.png",
        "featured_image: /a.png",
        "cover: /a.png",
        "cover: {image: /a.png}",
        "header: {teaser: /a.png}",
        "og_image: /a.png",
        "thumbnail: /a.png",
        "hero: /a.png",
        "images: [/a.png, /b.png]",
        "image: true\nhero: false\nimages: []\nthumbnail: /a.png",
        "feature_image: /b.png\nimage: /a.png",
        "image: 'javascript:x.png'\nthumbnail: /a.png",
    ],
)
def test_front_matter_names_it(fields: str) -> None:
    found = picture(fields)

    assert found == Picture(url=f"{AT}/a.png", type="image/png")


@pytest.mark.parametrize(
    ("fields", "body", "alt"),
    [
        ("image: {path: /a.png, alt: 땅}", "글.\n", "땅"),
        ("image: /a.png\nimage_alt: 땅", "글.\n", "땅"),
        ("cover: {image: /a.png, caption: 땅}", "글.\n", "땅"),
        ("image: /a.png", "![땅](/a.png)\n", "땅"),
        ("image: /a.png", "![땅](/b.png)\n", ""),
    ],
)
def test_its_alt_text_is_said_there_or_in_the_body(
    fields: str, body: str, alt: str
) -> None:
    found = picture(fields, body)

    assert found
    assert found.alt == alt


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("글 ![땅](/a.jpg) ![물](/b.png)\n", f"{AT}/a.jpg"),
        ('<img src="/dot.gif" width="1" height="1"> ![땅](/a.jpg)\n', f"{AT}/a.jpg"),
        ('<img srcset="/b.png 2x"> ![땅](/a.jpg)\n', f"{AT}/a.jpg"),
    ],
)
def test_or_else_it_is_the_first_in_the_body(body: str, url: str) -> None:
    found = picture("tags: []", body)

    assert found == Picture(url=url, alt="땅", type="image/jpeg")


def test_a_post_may_have_none() -> None:
    assert picture("image:") is None


def test_the_path_of_the_site_comes_before_its_address() -> None:
    entry = entry_of(front("image: /a.png"), config=site(url=f"{AT}/blog"))

    assert entry.picture
    assert entry.picture.url == f"{AT}/blog/a.png"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{AT}/a.PNG?v=1#x", "image/png"),
        (f"{AT}/a.jpeg", "image/jpeg"),
        (f"{AT}/a.webp", "image/webp"),
        (f"{AT}/a", None),
        (f"{AT}/a.php", None),
    ],
)
def test_the_ending_tells_the_type(url: str, expected: str | None) -> None:
    assert type_of(url) == expected
