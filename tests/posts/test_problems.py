import re
from pathlib import Path

import pytest

from syndicate.errors import Gravity
from syndicate.posts.problems import WARNINGS, Notes, describe, outcome, visible
from syndicate.words import speaking

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"((?:FM|DT|HT|IM|SL)\d{3})"')


def test_every_warning_is_a_code_in_use() -> None:
    files = (ROOT / "syndicate" / "posts").rglob("*.py")
    used = {code for path in files for code in CODE.findall(path.read_text("utf-8"))}

    assert used >= WARNINGS


@pytest.mark.parametrize("code", ["FM001", "FM003", "FM004", "DT001", "SL001"])
def test_a_problem_says_whether_a_post_is_left_out(code: str) -> None:
    problem = describe(code, "_posts/a.md", words={"value": "땅", "encoding": "땅"})
    is_warning = code in WARNINGS

    assert (problem.gravity is Gravity.WARNING) is is_warning
    assert ("left out" in problem.effect) is (not is_warning or code == "FM004")


def test_of_a_line_as_long_as_a_file_the_beginning_is_kept() -> None:
    notes = Notes(file="a.md", text="글\n" + "땅" * 1_000_000)
    notes.add("HT005", (2, 900_000))

    assert len(notes.problems[0].source) == 10_000


def test_what_follows_is_told_in_numbers_as_far_as_they_are_known() -> None:
    def told(*, others: int | None = None, kept: bool | None = None) -> str:
        return "; ".join(map(str, outcome(others=others, kept=kept)))

    assert told() == "post left out; a version published before stays; no alert sent"
    assert told(others=41, kept=True) == (
        "post left out; 41 others are in the feed; its last good version stays; "
        "no alert sent"
    )
    assert told(others=1, kept=False) == (
        "post left out; 1 other is in the feed; no alert sent"
    )
    with speaking("ko"):
        assert told(others=41, kept=True) == (
            "이 글은 제외됨; 다른 글 41건은 피드에 있음; 마지막 정상본은 그대로 있음; "
            "알림은 보내지 않음"
        )


def test_the_line_is_kept_as_it_was_written() -> None:
    notes = Notes(file="a.md", text="하나\n둘\x07\u202e셋\n")
    notes.add("HT005", (2, 2))
    notes.add("HT005", (9, 1))

    assert notes.problems[0].source == "둘\x07\u202e셋"
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
