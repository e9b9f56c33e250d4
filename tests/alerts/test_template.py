import pytest

from syndicate.alerts.template import FIELDS, fields_of, fill
from syndicate.errors import UsageError

EMPTY = dict.fromkeys(FIELDS, "")
URL = "https://news.example/1"


@pytest.mark.parametrize(
    ("template", "fields"),
    [
        ("", set()),
        ("속보", set()),
        ("{{title}}", set()),
        ("{title}\n{url}", {"title", "url"}),
        ("{title} {title}", {"title"}),
        (
            "[{severity}] {site}: {author}, {category}, {excerpt}, {language}",
            {"severity", "site", "author", "category", "excerpt", "language"},
        ),
    ],
)
def test_the_fields_of_a_template_are_known(template: str, fields: set[str]) -> None:
    assert fields_of(template) == fields


@pytest.mark.parametrize(
    "template",
    [
        "{titel}",
        "{}",
        "{0}",
        "{title.__class__}",
        "{title[0]}",
        "{title!r}",
        "{title:>99999999}",
        "{title:{url}}",
        "{ title }",
        "{title",
        "title}",
        "{title\n}",
    ],
)
def test_a_template_knows_fields_and_nothing_else(template: str) -> None:
    with pytest.raises(UsageError, match="template"):
        fields_of(template)


def test_an_unknown_field_is_told_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no field {titel}; known are title, excerpt"):
        fields_of("{titel}")


@pytest.mark.parametrize(
    ("template", "words", "text"),
    [
        ("{title}\n{url}", {"title": "지진", "url": URL}, f"지진\n{URL}"),
        (
            "{title}\n\n{excerpt}\n\n{url}",
            {"title": "지진", "url": URL},
            f"지진\n\n{URL}",
        ),
        ("{title}\n출처: {site}\n끝", {"title": "지진"}, "지진\n끝"),
        ("{site} {title}", {"title": "지진"}, "지진"),
        ("{{속보}} {title}", {"title": "지진"}, "{속보} 지진"),
        ("{title}", {"title": "{url}"}, "{url}"),
        ("{title}", {"title": "하나\n둘"}, "하나\n둘"),
        ("a\n\n\n\nb", {}, "a\n\nb"),
    ],
)
def test_a_template_is_filled(template: str, words: dict[str, str], text: str) -> None:
    assert fill(template, EMPTY | words) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{url}에서", f"{URL} 에서"),
        ("보기{url}", f"보기 {URL}"),
        ("보기:{url}", f"보기: {URL}"),
        ("{url}.", f"{URL}."),
        ("({url})", f"( {URL})"),
        ("{url}.더", f"{URL} .더"),
        ("{url}\u0301", f"{URL} \u0301"),
        ("{url}{title}", f"{URL} 지진"),
        ("{url}{url}", f"{URL} {URL}"),
        ("{url} {title}", f"{URL} 지진"),
    ],
)
def test_an_address_stands_apart_from_what_is_beside_it(
    template: str, text: str
) -> None:
    assert fill(template, EMPTY | {"url": URL, "title": "지진"}) == text
