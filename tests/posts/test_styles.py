import pytest

from syndicate.posts.styles import safe_colour, safe_style


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("color: #ee2323;", "color:#ee2323"),
        ("COLOR : Red", "color:red"),
        ("background-color:#21538527", "background-color:#21538527"),
        ("background: yellow !important", "background-color:yellow"),
        ("color: rgb(1, 2, 300)", "color:#0102ff"),
        ("color: rgba(0,0,0,.5)", "color:#00000080"),
        ("color: rgba(0 0 0 / 50%)", "color:#00000080"),
        ("color: rgba(0,0,0,7)", "color:#000000ff"),
        ("font-weight:700;font-style:italic", "font-weight:700;font-style:italic"),
        ("text-align:center;text-decoration-line:line-through",
         "text-align:center;text-decoration:line-through"),
    ],
)  # fmt: skip
def test_colours_and_the_set_of_the_type_are_kept(written: str, kept: str) -> None:
    assert safe_style(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "position:fixed",
        "background:url(javascript:x)",
        "background-color: papayawhip",
        "color: expression(alert(1))",
        "color:#12",
        "width:3px",
        "color",
        "color:red blue",
        "-moz-binding:url(x)",
    ],
)
def test_all_else_goes(written: str) -> None:
    assert safe_style(written) is None


def test_a_colour_is_a_colour() -> None:
    assert safe_colour(" RED ") == "red"
    assert safe_colour("url(x)") is None


def test_a_word_that_runs_a_program_in_old_browsers_is_no_colour() -> None:
    assert safe_style("color: expression; font-weight: bold") == "font-weight:bold"
