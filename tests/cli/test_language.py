"""Commands speak Korean and English: by ``--lang``, else by the locale."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from syndicate.cli.common import asked_language

ROOT = Path(__file__).parents[2]
HANGUL = re.compile("[가-힣]")
BROKEN = "---\ntitle: [속보]\ndate: 2026-13-01\n---\n\n본문\x1b[2J\n"
HEAD = (
    "오류[DT002] _posts/a.md:3:7: 없는 날짜나 시각입니다: 2026-13-01(13월은 없습니다)"
)


def save(site: Path, name: str = "a.md", text: str = BROKEN) -> None:
    (site / "_posts" / name).write_text(text, "utf-8")


def syndicate(
    site: Path, *words: str, **locale: str
) -> subprocess.CompletedProcess[str]:
    """Run the real command in a locale."""
    home = {key: value for key, value in os.environ.items() if not key.startswith("LC")}
    return subprocess.run(
        [sys.executable, "-m", "syndicate", *words],
        cwd=site,
        env=home | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": ""} | locale,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_real_command_speaks_the_language_of_the_locale(site: Path) -> None:
    save(site)
    save(site, "b.md", "---\ntitle: 온전한 글\n---\n\n본문\n")
    said = syndicate(site, "check", LANG="ko_KR.UTF-8")

    assert said.returncode == 2
    assert said.stderr.split("\n\n")[0].split("\n") == [
        HEAD,
        "  3 | date: 2026-13-01",
        "    |       ^",
        "고치기: 날짜를 바로잡으세요",
        (
            "결과: 이 글은 제외됨; 다른 글 1건은 피드에 있음; "
            "앞서 발행된 것이 있으면 그대로 있음; 알림은 보내지 않음"
        ),
    ]
    assert "파일 2개를 읽음: 글 1건, 오류 1개, 경고 2개" in said.stdout
    assert "\x1b" not in said.stderr


def test_an_option_outweighs_the_locale_in_json_too(site: Path) -> None:
    save(site)
    words = ("check", "--json", "--lang", "en")
    said = syndicate(site, *words, LC_ALL="ko_KR.UTF-8", LANG="ko_KR.UTF-8")
    problems = {each["code"]: each for each in json.loads(said.stdout)["problems"]}

    assert problems["DT002"] == {
        "code": "DT002",
        "severity": "error",
        "file": "_posts/a.md",
        "line": 3,
        "col": 7,
        "message": "no such day or time: 2026-13-01: there is no month 13",
        "hint": "mend the date",
        "effect": "post left out; a version published before stays; no alert sent",
        "source": "date: 2026-13-01",
        "doc": "docs/reference/problems.md#dt002",
    }
    assert not HANGUL.search(said.stderr.replace("[속보]", "").replace("본문", ""))


@pytest.mark.parametrize("words", [("--lang", "ko", "check"), ("check", "--lang=ko")])
def test_the_language_may_be_named_before_or_after_the_command(
    run: Any, site: Path, words: tuple[str, ...]
) -> None:
    save(site)

    assert HEAD in run(*words).stderr
    assert "error[DT002]" in run("check").stderr


def test_what_json_says_follows_the_language_and_its_keys_do_not(
    run: Any, site: Path
) -> None:
    save(site)
    said = json.loads(run("check", "--json", "--lang", "ko").stdout)

    assert {each["severity"] for each in said["problems"]} == {"error", "warning"}
    assert all(HANGUL.search(each["message"]) for each in said["problems"])
    assert all(HANGUL.search(each["hint"]) for each in said["problems"])
    assert said["codes"] == {"DT002": 1, "FM019": 1, "HT005": 1}


def test_a_summary_counts_the_files_in_languages_that_are_not_read(
    run: Any, site: Path
) -> None:
    for name in ("a.textile", "b.qmd", "c.qmd"):
        save(site, name, "---\ntitle: 글\n---\n")

    shown = run("check", "--lang", "ko")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-1].endswith(": .qmd (2), .textile (1)")
    assert json.loads(run("check", "--json").stdout)["unread"] == {
        ".qmd": 2,
        ".textile": 1,
    }


def test_warnings_alone_end_well_and_a_summary_counts_them_by_code(
    run: Any, site: Path
) -> None:
    save(site, "a.md", "---\ntitle: [속보]\n---\n본문\n")
    save(site, "b.md", "---\ntitle: [단독]\n---\n본문\n")
    checked = run("check")

    assert checked.exit_code == 0
    assert checked.stdout.splitlines() == [
        "2 files read: 2 posts, 0 errors, 2 warnings",
        "  FM019      2  the title is a list: read as plain text",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "--frob"), "--frob이라는 옵션은 없습니다"),
        (("check", "--jsn"), "혹시 --json인가요?"),
        (("frob",), "frob이라는 명령은 없습니다"),
        (("cancel",), "ID가 빠졌습니다"),
        (("alerts", "zero"), "1 이상의 정수를 적으세요"),
        (("push", "--severity", "x"), "breaking, urgent, normal"),
        (("push", "--text", "x", "--at", "곧", "--yes"), "곧: 시각이 아닙니다"),
        (("alerts", "7"), "7번 알림은 없습니다"),
        (("push", "--text", "대피"), "--yes를 붙이세요"),
    ],
)
def test_a_wrong_use_is_told_in_korean(
    run: Any, site: Path, words: tuple[str, ...], said: str
) -> None:
    failed = run(*words, "--lang", "ko")

    assert failed.exit_code == 2
    assert said in failed.stderr


def test_no_command_at_all_shows_them_all(run: Any) -> None:
    assert "Commands:" in run().output


def test_an_operator_reads_korean_from_push_to_ledger(run: Any, site: Path) -> None:
    pushed = run("push", "--text", "지진입니다", "--yes", "--lang", "ko").stdout
    shown = run("alerts", "--lang", "ko").stdout

    assert "접수됨: 1번 알림이 발송함에 들어갔습니다" in pushed
    assert "terminal: 보냄" in pushed
    assert "시각(KST)" in shown
    assert "보냄 terminal" in shown
    assert "보냄" in run("alerts", "1", "--lang", "ko").stdout


def test_a_build_says_in_korean_what_it_did(run: Any, site: Path) -> None:
    run("build")
    save(site, "b.md", "---\ntitle: '[속보] 지진'\ncategories: [속보]\n---\n본문\n")
    said = run("build", "--lang", "ko").stdout

    assert "새 글 1" in said
    assert "보내는 것은 `syndicate run`입니다" in said


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ([], None),
        (["check", "--lang"], None),
        (["--lang", "xx"], None),
        (["--lang", "ko", "check", "--lang=en"], "en"),
    ],
)
def test_the_last_language_that_is_known_counts(
    words: list[str], language: str | None
) -> None:
    assert asked_language(words) == language


def test_every_fault_of_a_configuration_is_told_in_korean(run: Any, site: Path) -> None:
    (site / "config.toml").write_text(
        '[site]\nurl = "news.example"\nlang = "ko"\n[[channels]]\nname = "desk"\n'
        'kind = "pigeon"\ntemplate = "{nothing}"\n[[channels]]\nname = "desk"\n',
        "utf-8",
    )
    failed = run("check", "--lang", "ko")

    assert failed.exit_code == 2
    assert [line for line in failed.stderr.splitlines() if "[C" in line[:6]] == [
        (
            "오류[CF002] config.toml:2:1: site.url: "
            "https://news.example처럼 전체 주소를 적으세요"
        ),
        "오류[CF003] config.toml:3:1: site.lang: 없는 키입니다",
        (
            "오류[CH001] config.toml:6:1: 1번째 [[channels]] 표(desk)의 kind: "
            f"{pigeon(failed.stderr)}"
        ),
        "오류[CH002] config.toml:7:1: 1번째 [[channels]] 표(desk)의 template: "
        "템플릿 '{nothing}': {nothing}은 없는 필드입니다. "
        "쓸 수 있는 것: " + fields(failed.stderr),
        "오류[CF004] config.toml:8:1: 2번째 [[channels]] 표(desk)의 kind: 빠졌습니다",
        (
            "오류[CF005] config.toml:9:1: 2번째 [[channels]] 표(desk)의 name: "
            "desk가 두 번 쓰였습니다"
        ),
    ]


def pigeon(said: str) -> str:
    """Give what is said of a kind nobody knows; the kinds there are may change."""
    found = re.search("'pigeon'은 없는 채널 종류입니다.*", said)
    assert found
    return found[0]


def fields(said: str) -> str:
    found = re.search("필드입니다. 쓸 수 있는 것: (.*)", said)
    assert found
    return found[1]


def test_the_environments_fault_has_a_code_a_mend_and_an_effect(
    run: Any, site: Path
) -> None:
    (site / "_posts").rmdir()
    failed = run("check", "--lang", "ko").stderr
    said = json.loads(run("check", "--json").stdout)

    assert failed.startswith("오류[EN001]: ")
    assert "그런 파일이나 폴더가 없음. 폴더를 만들거나" in failed
    assert "결과: 잃은 것은 없음" in failed
    assert said["problems"][0]["code"] == "EN001"
    assert said["error"] == said["problems"][0]["message"]
