import pytest

from syndicate.model import Picture
from syndicate.posts.pictures import is_picture
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
        "og: {image: /a.png}",
        "og:image: /a.png",
        "og_image: /a.png",
        "featuredImage: /a.png",
        "social_image: {src: /a.png}",
        "images:\n  - {src: /a.png}\n  - {src: /b.png}",
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

    assert found == Picture(url=f"{AT}/a.png")


@pytest.mark.parametrize(
    ("fields", "body", "alt"),
    [
        ("image: {path: /a.png, alt: 땅}", "글.\n", "땅"),
        ("image: /a.png\nimage_alt: 땅", "글.\n", "땅"),
        ("cover: {image: /a.png, caption: 땅}", "글.\n", "땅"),
        ("image: /a.png\nimageAlt: 땅", "글.\n", "땅"),
        ("images: [{src: /a.png, alt: 땅}]", "글.\n", "땅"),
        (
            "feature_image: /a.png\nfeature_image_caption: <i>땅</i> &amp; <a href='/b'>물</a>",
            "글.\n",
            "땅 & 물",
        ),
        ("image: {path: /a.png, alt: <기생충> & 땅}", "글.\n", "<기생충> & 땅"),
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
        ('<img src="/dot.gif" height="1px"> ![땅](/a.jpg)\n', f"{AT}/a.jpg"),
        ('<img src="/a.jpg" alt="땅" width="" height="300">\n', f"{AT}/a.jpg"),
        ('<img src="/a.jpg" alt="땅" width="100%">\n', f"{AT}/a.jpg"),
        ('<img srcset="/b.png 2x"> ![땅](/a.jpg)\n', f"{AT}/a.jpg"),
    ],
)
def test_or_else_it_is_the_first_in_the_body(body: str, url: str) -> None:
    found = picture("tags: []", body)

    assert found == Picture(url=url, alt="땅")


@pytest.mark.parametrize(
    "fields",
    [
        "image: {path: /a.png, credit: 이가온}",
        "image: {path: /a.png, photographer: ' 이가온 '}",
        "image: /a.png\nimage_credit: 이가온",
        "cover: {image: /a.png}\ncover_credit: 이가온",
    ],
)
def test_who_made_it_is_said_in_the_front_matter(fields: str) -> None:
    found = picture(fields)

    assert found
    assert found.credit == "이가온"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ("width: 640, height: 480px", (640, 480)),
        ("width: 640", (None, None)),
        ("width: 100%, height: 480", (None, None)),
        ("width: 0, height: 0", (None, None)),
        ("width: 999999, height: 480", (None, None)),
        ("width: ６４０, height: 480", (None, None)),
        ("width: [1], height: {a: b}", (None, None)),
    ],
)
def test_an_author_may_write_its_size_down(
    sizes: str, expected: tuple[int | None, int | None]
) -> None:
    found = picture(f"image: {{path: /a.png, {sizes}}}")

    assert found
    assert (found.width, found.height) == expected


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("cover: {image: a b.png}", "/posts/quake/a%20b.png"),
        ("images: [./a.png]", "/posts/quake/a.png"),
        ("images: [img/a.png]", "/img/a.png"),
        ("image: /a.png", "/a.png"),
        ("image: https://cdn.example/a.png", "cdn.example/a.png"),
    ],
)
def test_in_a_bundle_of_hugo_a_bare_name_is_a_file_beside_the_post(
    fields: str, url: str
) -> None:
    text = front(f"title: 강진\n{fields}")
    shown = entry_of(text, "posts/quake/index.md", site("hugo")).picture
    single = entry_of(text, "posts/quake.md", site("hugo")).picture

    assert shown is not None
    assert shown.url.endswith(url)
    assert single is not None
    assert "quake" not in single.url


def test_a_post_may_have_none() -> None:
    assert picture("image:") is None


def test_the_path_of_the_site_comes_before_its_address() -> None:
    entry = entry_of(front("image: /a.png"), config=site(url=f"{AT}/blog"))

    assert entry.picture
    assert entry.picture.url == f"{AT}/blog/a.png"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{AT}/a.PNG?v=1#x", True),
        (f"{AT}/a.jpeg", True),
        (f"{AT}/a.webp", True),
        (f"{AT}/a", False),
        (f"{AT}/a.php", False),
        (f"{AT}/a.png.php", False),
    ],
)
def test_the_ending_tells_that_an_address_is_a_picture(
    url: str,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_picture(url) is expected
