import pytest

from syndicate.config import Config
from syndicate.posts.translations import language_of, page_name, untranslated
from tests.posts.samples import front, post_of

BOTH = ("ko", "en")
TITLED = front("title: 지진\ndate: 2026-01-02 09:00:00 +0900\n")


def bilingual(permalink: str) -> Config:
    given = {"url": "https://news.example", "language": "ko"}
    posts = {"permalink": permalink, "languages": ["ko", "en"]}
    return Config.model_validate({"site": given, "posts": posts})


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("quake.md", "ko", "quake.md"),
        ("quake.en.md", "en", "quake.md"),
        ("quake.EN.md", "en", "quake.md"),
        ("a/quake/index.en.md", "en", "a/quake/index.md"),
        ("en/a/quake.md", "en", "a/quake.md"),
        ("ko/quake.en.md", "ko", "quake.en.md"),
        ("a/en/quake.md", "ko", "a/en/quake.md"),
        ("en.md", "ko", "en.md"),
        ("v1.2.md", "ko", "v1.2.md"),
    ],
)
def test_the_name_or_the_folder_tells_the_language(
    path: str, language: str, rest: str
) -> None:
    assert language_of(path, BOTH) == language
    assert untranslated(path, BOTH) == rest


def test_a_site_of_one_language_has_no_translations() -> None:
    assert language_of("quake.en.md", ()) == ""
    assert untranslated("en/quake.en.md", ()) == "en/quake.en.md"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("2026-01-02-quake.md", "2026-01-02-quake.md"),
        ("2026/2026-01-02-quake/index.md", "2026-01-02-quake.md"),
        ("2026-01-02-quake/index.en.html", "2026-01-02-quake.html"),
        ("index.md", "index.md"),
        ("_posts/index.md", "index.md"),
    ],
)
def test_an_index_is_called_as_its_folder(path: str, name: str) -> None:
    assert page_name(path, BOTH) == name


def test_a_dated_folder_dates_its_index() -> None:
    post = post_of(front("title: 지진\n"), "2026-01-02-quake/index.md")

    assert post.link == "https://news.example/2026/01/02/quake.html"


@pytest.mark.parametrize(
    ("path", "permalink", "link", "language"),
    [
        ("n/quake.md", "/:translation/:sections/:contentbasename/", "/n/quake/", ""),
        ("n/quake.en.md", "/:translation/:title/", "/en/quake/", "en"),
        (
            "en/n/quake.md",
            "/:translation/:sections/:contentbasename/",
            "/en/n/quake/",
            "en",
        ),
        ("n/quake.md", "/:lang/:title/", "/ko/quake/", ""),
        ("n/quake.en.md", "/:year/:lang/:title/", "/2026/en/quake/", "en"),
        ("n/quake.en.md", "pretty", "/en/2026/01/02/quake/", "en"),
        ("n/quake.en.md", "hugo", "/en/n/quake/", "en"),
    ],
)
def test_an_address_says_the_language_of_a_translation(
    path: str, permalink: str, link: str, language: str
) -> None:
    post = post_of(TITLED, path, bilingual(permalink))

    assert post.link == f"https://news.example{link}"
    assert post.language == language
