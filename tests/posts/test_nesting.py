import pytest

from syndicate.posts.nesting import is_too_deep


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 401,
        "<b><p>" * 201,
        "".join(f"<a href={n}><p></p>" for n in range(300)),
        "<b>" * 150 + "<p></p>" * 40_000,
        "&amp;" * 100_001,
    ],
)
def test_what_would_take_for_ever_is_known(html: str) -> None:
    assert is_too_deep(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 400,
        "<p>한 줄" * 1000,
        "<ul>" + "<li>항목" * 1000 + "</ul>",
        "<table><tr><td>칸" * 1 + "<tr><td>칸" * 500,
        "<div><b>글</b><br></div>" * 1000,
        "</div>" * 1000,
        "a < b " * 1000,
    ],
)
def test_long_html_is_not_deep(html: str) -> None:
    assert not is_too_deep(html)
