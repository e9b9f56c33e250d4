import pytest

from syndicate.errors import Gravity
from tests.posts.samples import codes, places, post_of, read


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 강진\n---\n글.\n",
        "\ufeff---\ntitle: 강진\n---\n글.\n",
        "---\r\ntitle: 강진\r\n---\r\n글.\r\n",
        "---\rtitle: 강진\r---\r글.\r",
        "---  \t\ntitle: 강진\n--- \n글.\n",
        "---\ntitle: 강진\n...\n글.\n",
        "---yaml\ntitle: 강진\n---\n글.\n",
        "---YML\ntitle: 강진\n---\n글.\n",
    ],
)
def test_front_matter_is_found(text: str) -> None:
    reading = read(text)

    assert reading.post
    assert reading.post.title == "강진"
    assert reading.body == "글.\n"
    assert reading.problems == ()


def test_a_body_may_have_rules_and_begin_with_code() -> None:
    assert (
        read("---\ntitle: 강진\n---\n    code\n\n---\n\n글").body
        == "    code\n\n---\n\n글"
    )


def test_blank_lines_before_it_are_warned_of() -> None:
    reading = read("\n \n---\ntitle: 강진\ntitle: 여진\n---\n글.")

    assert reading.post
    assert reading.post.title == "여진"
    assert places(reading) == [("FM005", 1, 1), ("FM018", 5, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "# 강진\n\n글.",
        "강진",
        "  ---\ntitle: 강진\n---\n",
        "{{ page.title }}\n",
        "{% include x %}\n",
    ],
)
def test_a_file_without_it_is_no_post_and_is_named(text: str) -> None:
    reading = read(text, "quake.md")

    assert reading.post is None
    assert codes(reading) == ["FM004"]
    assert reading.problems[0].gravity is Gravity.WARNING
    assert reading.problems[0].file == "_posts/quake.md"


def test_a_file_without_it_is_a_post_if_its_name_has_a_date_as_in_jekyll() -> None:
    reading = read("# 강진\n\n{{ moon }}", "2026-01-02-quake.md")

    assert reading.post
    assert reading.post.title == "강진"
    assert reading.post.link == "https://news.example/2026/01/02/quake.html"
    assert places(reading) == [("HT003", 3, 1)]


@pytest.mark.parametrize(
    "text", ["", " \n\n", "  ---\ntitle: 강진\n---\n", "+++ x", '{"title', "{{ a }}"]
)
def test_what_may_be_half_saved_is_no_post_for_its_name(text: str) -> None:
    assert read(text, "2026-01-02-quake.md").post is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: 강진\n글.\n", ("FM006", 1, 1)),
        ("\n---\ntitle: 강진\n글.\n", ("FM006", 2, 1)),
        ("---", ("FM006", 1, 1)),
        ("+++\ntitle = '강진'\n---\n", ("FM006", 1, 1)),
        (";;;\n{}\n", ("FM006", 1, 1)),
        ("---- \ntitle: 강진\n---\n", ("FM027", 1, 4)),
        ("--- title: 강진\n---\n", ("FM027", 1, 4)),
    ],
)
def test_what_opens_it_badly_or_does_not_close_it_is_refused(
    text: str, place: tuple[str, int, int]
) -> None:
    reading = read(text)

    assert places(reading) == [place]
    assert "left out" in reading.problems[0].effect


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert codes(read(text)) == ["FM001"]


def test_no_fields_at_all_make_a_post() -> None:
    assert post_of("---\n---\n# 강진\n").title == "강진"


def test_json_may_be_followed_by_the_body_on_the_next_line() -> None:
    assert read('{"title": "강진"}\n글.').body == "글."
