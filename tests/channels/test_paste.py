from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from syndicate.channels.base import Channel
from syndicate.errors import NotSentError
from syndicate.model import Message, Picture, Severity
from tests.channels.samples import make

KEY = "5be0" * 13 + "01a202b2d903"  # of 2026-11-22, 10:00:05.123 UTC
OTHER = "f" * 52 + KEY[-12:]
NAME = "20261122-100005-5be05be05be05be0.txt"
MESSAGE = Message(
    text="[속보] 규모 5.2 지진\n\n주민이 대피했다.\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 규모 5.2 지진",
    excerpt="주민이 대피했다.",
    language="ko-KR",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)


def paste(folder: Path) -> Channel[Any]:
    return make("paste", folder=folder)


def test_a_file_holds_a_block_for_each_field_of_a_form(tmp_path: Path) -> None:
    channel = paste(tmp_path / "to" / "paste")
    receipt = channel.send(channel.write(MESSAGE), key=KEY)

    file = tmp_path / "to" / "paste" / NAME
    assert file.read_text("utf-8") == (
        "2026-11-22 10:00:05 UTC, breaking\n\n"
        "── 제목 ──\n[속보] 규모 5.2 지진\n\n"
        "── 본문 ──\n주민이 대피했다.\n\nhttps://news.example/1\n\n"
        "── 주소 ──\nhttps://news.example/1\n\n"
        "── 사진 ──\nhttps://news.example/1.jpg\n무너진 담\n"
    )
    assert (receipt.remote_id, receipt.url) == (NAME, file.as_uri())


def test_what_is_missing_has_no_block_and_the_heads_follow_the_language(
    tmp_path: Path,
) -> None:
    bare = Message(
        text="Quake",
        link=None,
        title="Quake",
        excerpt="",
        language="en",
        severity=Severity.NORMAL,
    )
    channel = paste(tmp_path)
    body = channel.write(bare)
    receipt = channel.send(body, key=KEY)

    assert body == "normal\n\n── TITLE ──\nQuake\n\n── TEXT ──\nQuake\n"
    assert receipt.remote_id == NAME


def test_a_repeat_is_the_same_file_and_another_delivery_another(tmp_path: Path) -> None:
    channel = paste(tmp_path)
    for key in (KEY, KEY, OTHER):
        channel.send(channel.write(MESSAGE), key=key)

    assert sorted(each.name for each in tmp_path.iterdir()) == [
        NAME,
        "20261122-100005-ffffffffffffffff.txt",
    ]


def test_words_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    sly = replace(MESSAGE, text="../../2026", title="../../x")
    channel = paste(tmp_path)
    receipt = channel.send(channel.write(sly), key=KEY)

    assert [each.name for each in tmp_path.iterdir()] == [receipt.remote_id]


def test_a_folder_that_cannot_be_is_not_sent_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    channel = paste(tmp_path / "file")
    with pytest.raises(NotSentError, match="File exists"):
        channel.send(channel.write(MESSAGE), key=KEY)


def test_a_path_that_depends_on_where_one_stands_is_refused() -> None:
    with pytest.raises(ValidationError, match="whole path"):
        make("paste", folder="to-paste")
