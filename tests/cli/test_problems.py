from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from syndicate.cli.problems import Once, as_result, lines_of, visible
from syndicate.errors import Gravity, Problem
from syndicate.words import Said

COLON = Problem(
    code="FM012",
    words={"mend": 'title: "속보: 지진"'},
    file="_posts/a.md",
    line=2,
    col=10,
    source="title: 속보: 지진",
    effects=(Said("post left out"), Said("no alert sent")),
)


def plain(problem: Problem) -> list[str]:
    lines = "\n".join(lines_of(problem))
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[33m"):
        lines = lines.replace(code, "")
    return lines.split("\n")


def test_a_problem_is_shown_with_its_place_its_line_and_its_mend() -> None:
    assert plain(COLON) == [
        (
            "error[FM012] _posts/a.md:2:10: "
            "colon inside an unquoted value: read as plain text"
        ),
        "  2 | title: 속보: 지진",
        "    |          " + "  ^",
        'hint: quote it: title: "속보: 지진"',
        "effect: post left out; no alert sent",
    ]


def test_a_long_line_is_shown_around_the_place() -> None:
    long = Problem(code="HT005", col=501, source="x" * 500 + "{{" + "y" * 500)
    _, line, caret, *_ = plain(long)

    assert len(line) < 90
    assert line[caret.index("^")] == "{"


def test_a_problem_without_a_line_shows_none() -> None:
    bare = Problem(code="SL001", file="a.md")

    assert plain(bare)[1] == "hint: look at the path"


def test_a_post_cannot_move_the_cursor_or_turn_the_text_round() -> None:
    assert visible("a\x1b[2Jb\u202ec\r") == "a\\x1b[2Jb\\u202ec\\r"
    assert visible("가족 👨\u200d👩\u200d👧") == "가족 👨\u200d👩\u200d👧"


def test_a_problem_for_programs_has_the_names_of_the_contract() -> None:
    warned = as_result(Problem(code="FM001", gravity=Gravity.WARNING))

    assert set(warned) == set(
        "code severity file line col message hint effect source doc".split()
    )
    assert warned["severity"] == "warning"
    assert as_result(COLON)["doc"] == "docs/reference/problems.md#fm012"


def test_a_caret_stands_under_its_place_behind_signs_of_two_cells_and_none() -> None:
    odd = Problem(code="FM012", file="a.md", line=2, col=5, source="\x1b속보:")
    _, line, caret, *_ = plain(odd)

    assert line == "  2 | \\x1b속보:"
    assert cell_len(caret[: caret.index("^")]) == cell_len("  2 | \\x1b속보:")


def test_a_problem_is_shown_again_only_when_it_has_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    once = Once()
    counted = replace(COLON, effects=(Said("post left out"),))
    moved = replace(COLON, line=3)

    def shown(*problems: Problem, sound: tuple[str, ...] = ()) -> int:
        once.show(problems, looked_at=sound)
        return capsys.readouterr().err.count("FM012")

    assert shown(COLON) == 1
    assert shown(counted) == 0
    assert shown(moved) == 1
    assert shown(sound=(COLON.file,)) == 0
    assert shown(moved) == 1


def test_a_storm_of_one_problem_is_summed_up_with_what_shows_it_all(
    site: Path, run: Any
) -> None:
    for number in range(20):
        (site / "_posts" / f"{number}.md").write_text("---\ntitle: [a\n---\n", "utf-8")
    built, checked = run("build").stderr, run("check").stderr

    code = checked.split("[")[1].split("]")[0]
    assert checked.count(f"[{code}]") == 20
    assert built.count(f"[{code}]") == 5
    assert f"{code}: 15 problems more; `syndicate check` shows them all" in built
