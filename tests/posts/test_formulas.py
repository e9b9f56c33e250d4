import pytest

from syndicate.posts.formulas import spared
from tests.posts.samples import html_of


@pytest.mark.parametrize(
    "formula",
    [
        "$$x_i^* + y_i^*$$",
        "$$ \\{a\\} \\\\ [b](c_d_e) $$".replace("](", "] ("),
        "$$\n\\begin{align*}\n- { f }_{ t } =\\sigma ({ W }_{ f })\n\\end{align*}\n$$",
        "$$ 5\\$ *a* $ *b* $$",
    ],
)
def test_a_formula_is_shown_as_it_was_typed(formula: str) -> None:
    assert (
        html_of(f"값은 {formula} *이다*\n") == f"<p>값은 {formula} <em>이다</em></p>\n"
    )


@pytest.mark.parametrize("tied", ["~~~ (5)", "~~~~\\quad(1)", "   ~~~ (5)", "~~~~ = x"])
def test_blanks_of_a_formula_open_no_block_of_code(tied: str) -> None:
    html = html_of(f"\\\\[\nx\n{tied}\n\\\\]\n\n## 나\n")

    assert html == f"<p>\\[\nx\n{tied.strip()}\n\\]</p>\n<h2>나</h2>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("값은 $$ *a*\n\n*b* $$", "<em>a</em>"),
        ("$$ [가](/a) $$\n", ">가</a>"),
        ("$$ *a*\n", "<em>a</em>"),
        ("\\$$ *a* $$\n", "<em>a</em>"),
        ("`$$ a_b_ $$`\n", "<code>$$ a_b_ $$</code>"),
    ],
)
def test_what_is_no_formula_is_markdown(text: str, html: str) -> None:
    assert html in html_of(text)


@pytest.mark.parametrize(
    "text", ["$$a " * 20000, "$$" + "a\n" * 50000, "$$ \\" * 20000]
)
def test_formulas_without_end_are_read_in_good_time(text: str) -> None:
    assert spared(text)
