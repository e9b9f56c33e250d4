from pathlib import Path
from typing import Any

import pytest


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def test_what_init_writes_can_be_built_at_once(run: Any, tmp_path: Path) -> None:
    started = run("init", str(tmp_path / "new"))

    assert started.exit_code == 0
    assert "set site.url" in started.stdout
    assert run("build", "-c", str(tmp_path / "new" / "config.toml")).exit_code == 0


def test_a_jekyll_site_is_taken_over(run: Any, run_json: Any, tmp_path: Path) -> None:
    write(
        tmp_path,
        "_config.yml",
        'url: https://news.example\nbaseurl: /blog/\ntitle: 솔바람 "소식"\n'
        "lang: ko_KR\ntimezone: Asia/Seoul\nauthor: {name: 편집국}\n"
        "permalink: pretty\ncollections_dir: content\n",
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.url"] == "https://news.example/blog"
    assert took["site.language"] == "ko-KR"
    assert took["site.author"] == "편집국"
    assert took["posts.dir"] == "content/_posts"
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_a_hugo_site_is_taken_over(run: Any, run_json: Any, tmp_path: Path) -> None:
    write(
        tmp_path,
        "hugo.toml",
        'baseURL = "https://news.example/"\nlanguageCode = "ko"\ntitle = "소식"\n'
        '[params]\ndescription = "우리 읍"\n',
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.url"] == "https://news.example"
    assert took["site.description"] == "우리 읍"
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_a_configuration_that_is_there_is_left_as_it_is(run: Any, site: Path) -> None:
    before = (site / "config.toml").read_bytes()
    refused = run("init")

    assert refused.exit_code == 2
    assert (site / "config.toml").read_bytes() == before


def test_hugos_file_of_the_same_name_is_left_as_it_is(run: Any, tmp_path: Path) -> None:
    write(tmp_path, "config.toml", 'baseURL = "https://news.example/"\n')
    refused = run("init", str(tmp_path))

    assert refused.exit_code == 2
    assert "hugo.toml" in refused.stderr


@pytest.mark.parametrize("text", ["url: [", "url: \x00", "- a\n- b\n"])
def test_a_site_that_cannot_be_read_is_no_traceback(
    run: Any, tmp_path: Path, text: str
) -> None:
    write(tmp_path, "_config.yml", text)

    assert run("init", str(tmp_path)).exit_code in {0, 2}


def test_a_disk_that_refuses_is_the_environments_fault(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    refused = run("init", str(tmp_path / "file" / "below"))

    assert refused.exit_code == 3
