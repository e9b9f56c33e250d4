from pathlib import Path

import pytest

from syndicate.app import check, open_config
from syndicate.errors import ConfigError, Gravity, Problem

CONFIG = """
[site]
url = "https://news.example"
title = "솔바람 소식"
language = "ko"
description = "짧은 소식"
"""
PARTNER = """
[[feeds.partners]]
name = "{name}"
profile = "{profile}"
"""
POST = """---
title: {title}
date: {date}
---

{body}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    return tmp_path


def configure(folder: Path, *partners: tuple[str, str]) -> Path:
    path = folder / "config.toml"
    tables = [PARTNER.format(name=name, profile=profile) for name, profile in partners]
    path.write_text(CONFIG + "".join(tables), "utf-8")
    return path


def post(folder: Path, name: str, title: str, body: str, date: str = "") -> None:
    date = date or "2024-05-18 09:00:00 +0900"
    text = POST.format(title=title, body=body, date=date)
    (folder / "_posts" / name).write_text(text, "utf-8")


def problems(folder: Path, *partners: tuple[str, str]) -> list[Problem]:
    return list(check(open_config(configure(folder, *partners))).problems)


def test_what_a_partner_would_refuse_is_told_by_file(folder: Path) -> None:
    post(folder, "2024-05-18-a.md", "제목", "본문 ![](/b.jpg)")
    post(folder, "2024-05-17-b.md", "제목", "본문뿐")
    post(folder, "2099-05-17-c.md", "올 것", "본문뿐", "2099-05-17 09:00:00 +0900")

    found = problems(folder, ("desk", "smartnews"))

    told = {(each.code, each.file) for each in found}
    assert told == {
        ("PF001", "_posts/2024-05-17-b.md"),
        ("PF018", str(folder / "config.toml")),
    }
    assert {each.gravity for each in found} == {Gravity.WARNING}
    assert any(str(each.message) == "SmartNews: no picture" for each in found)
    assert not (folder / "feeds").exists()


def test_without_a_partner_nothing_is_told(folder: Path) -> None:
    post(folder, "2024-05-18-a.md", "제목", "본문")

    assert problems(folder) == []


def test_a_small_picture_of_the_site_is_measured(folder: Path) -> None:
    gif = b"GIF89a\x10\x00\x10\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,"
    (folder / "b.gif").write_bytes(gif)
    post(folder, "2024-05-18-a.md", "제목", "본문 ![](/b.gif)")

    found = problems(folder, ("flipboard", "flipboard"))

    assert "PF002" in {each.code for each in found}


def test_a_strange_partner_stops_the_start(folder: Path) -> None:
    partners = [("one", "myspace"), ("one", "msn")]

    with pytest.raises(ConfigError) as caught:
        open_config(configure(folder, *partners))

    first, second = map(str, caught.value.problems)
    assert (
        "profile in the 1st [[feeds.partners]] table (one): no profile is called myspace"
        in first
    )
    assert ":10:" in first
    assert "name in the 2nd [[feeds.partners]] table (one): one is used twice" in second
