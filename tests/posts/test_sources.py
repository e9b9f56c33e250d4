import pytest

from syndicate.model import Source
from syndicate.posts.sources import is_source
from tests.posts.samples import entry_of, front

AT = "https://a.example/1"


def source(body: str, fields: str = "title: 강진") -> Source | None:
    return entry_of(front(fields, body)).source


@pytest.mark.parametrize(
    "body",
    [
        f'<p>출처: <a href="{AT}" rel="dofollow">가 신문</a> | 뉴스</p>\n',
        f"출처 : [가 신문]({AT})\n",
        f"[출처] [가 **신문**]({AT})\n",
        f"※ 출처 - [가 신문]({AT}), [나 신문](https://b.example/)\n",
        f"글.\n\n(출처: [가 신문]({AT}))\n",
        f"출처가 없다.\n\n출처:\n[가 신문]({AT})\n",
    ],
)
def test_a_paragraph_names_it(body: str) -> None:
    assert source(body) == Source(url=AT, title="가 신문")


@pytest.mark.parametrize(
    "body",
    [
        "출처: 가 신문\n",
        f"출처마다 [다르다]({AT})\n",
        f"글의 출처: [가 신문]({AT})\n",
        "출처: [가 신문](javascript:x)\n",
        f"[가 신문]({AT})\n",
    ],
)
def test_what_cannot_be_followed_is_no_source(body: str) -> None:
    assert source(body) is None


def test_a_link_without_words_is_called_by_its_address() -> None:
    assert source(f'출처: <a href="{AT}"><img src="/a.png"></a>\n') == Source(
        url=AT, title=AT
    )


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (f"source_url: {AT}", AT),
        (f"source_url: {AT}\nsource: 가 신문", "가 신문"),
        (f"source_url: {AT}\nsource_title: 가 신문", "가 신문"),
        (f"source: {AT}", AT),
        (f"source: {AT}\nsource_title: 가 &amp; 나", "가 & 나"),
        (f"source: {{url: '{AT}', title: 가 신문}}", "가 신문"),
        (f"source: {{url: '{AT}', name: 가 신문}}", "가 신문"),
    ],
)
def test_front_matter_wins(fields: str, title: str) -> None:
    body = "출처: [나 신문](https://b.example/)\n"

    assert source(body, f"title: 강진\n{fields}") == Source(url=AT, title=title)


def test_a_name_alone_cannot_be_followed() -> None:
    assert source("글.\n", "title: 강진\nsource: 가 신문") is None


def test_a_word_that_begins_like_it_is_another() -> None:
    assert is_source("출처: 가")
    assert not is_source("출처불명")
