import re
from pathlib import Path

import pytest

from syndicate.errors import Gravity
from syndicate.posts.problems import KINDS, Notes, describe, visible

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"((?:FM|DT|HT|SL)\d{3})"')


def test_every_code_in_the_source_is_known_and_used() -> None:
    files = (ROOT / "syndicate" / "posts").glob("*.py")
    used = [
        code
        for path in files
        if path.name != "problems.py"
        for code in CODE.findall(path.read_text("utf-8"))
    ]

    assert set(used) == set(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_a_page_says_whether_a_post_is_left_out(code: str) -> None:
    kind = KINDS[code]
    words = dict.fromkeys(
        re.findall(r"(?<!\{)\{(\w+)\}", kind.message + kind.hint), "땅"
    )
    problem = describe(code, "_posts/a.md", words=words)

    assert problem.gravity is kind.gravity
    assert ("left out" in problem.effect) is (
        kind.gravity is Gravity.ERROR or code == "FM004"
    )
    assert "{" not in problem.message.replace("{% 땅 %}", "").replace("{{ 땅 }}", "")
    assert not problem.message.endswith(".")


def test_the_line_is_shown_with_what_a_terminal_would_hide() -> None:
    notes = Notes(file="a.md", text="하나\n둘\x07\u202e셋\n")
    notes.add("HT005", (2, 2))
    notes.add("HT005", (9, 1))

    assert notes.problems[0].source == "둘\\x07\\u202e셋"
    assert notes.problems[1].source == ""
    assert str(notes.problems[0]).startswith("a.md:2:2: warning[HT005]: ")
    assert not notes.has_errors


def test_a_value_is_repeated_only_so_far() -> None:
    problem = describe("DT001", "a.md", words={"value": "긴" * 500})

    assert len(problem.message) < 200
    assert "…" in problem.message


def test_letters_and_blanks_of_any_script_are_visible() -> None:
    text = "가 나\u3000다\u00a0라\t마 👨\u200d👩"

    assert visible(text) == text
    assert visible("\udcff\n") == r"\udcff\n"
