import pytest

from syndicate.posts.uneven import evened
from tests.posts.samples import html_of


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("- 가\n  ~~~sh\n  make\n~~~\n\n## 나\n", "make\n"),
        ("- 가\n  ```sh\nmake\n  all\n```\n\n## 나\n", "make\n  all\n"),
        ("* ```sh\nmake\n\n\tall\n```\n\n## 나\n", "make\n\n    all\n"),
        ("1. ~~~sh\n   make\n   ~~~\n\n## 나\n", "make\n"),
    ],
)
def test_code_in_a_list_may_stand_uneven(markdown: str, code: str) -> None:
    html = html_of(markdown)

    assert f'<pre><code class="language-sh">{code}</code></pre>' in html
    assert html.endswith("<h2>나</h2>\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\n가\n```\n",
        "```js\n * ```\n * 가\n * ```\n```\n",
        "- 가\n  ```\n  나\n  ```\n\n```py\n다\n```\n",
        "- 가\n  ```\n  나\n\n```py\n다\n```\n",
        "- 가\n  ````\n  ```\n  나\n",
        "- 가\n  ~~~\n  ```\n  나\n  ~~~\n",
        "- ```\n" + "나\n" * 600 + "```\n",
    ],
)
def test_what_stands_even_and_what_never_ends_stays(text: str) -> None:
    assert evened(text) == text


def test_blocks_that_never_end_are_read_in_good_time() -> None:
    text = "".join(f"  {'`' * count}\n" for count in range(1000, 3, -1))

    assert evened(text) == text
