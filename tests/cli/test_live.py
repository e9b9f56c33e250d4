"""What a push that did not simply arrive asks of people."""

from pathlib import Path
from typing import Any

import pytest

from tests.receiver import Receiver, answer

TELEGRAM = """
[site]
url = "https://news.example"
[[channels]]
name = "desk"
kind = "telegram"
token = "1:token"
chat = "@desk"
base_url = "{url}"
"""
UNAUTHORIZED = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'


@pytest.mark.parametrize(
    ("status", "said", "ends", "asked"),
    [
        (401, UNAUTHORIZED, 1, "`syndicate resume desk`"),
        (
            500,
            b"{}",
            4,
            "desk: look whether it is there, then `syndicate resolve 1 sent|resend|cancel`",
        ),
    ],
)
def test_a_push_ends_with_what_a_person_has_to_do(
    site: Path, run: Any, status: int, said: bytes, ends: int, asked: str
) -> None:
    with Receiver(answer(status, said)) as peer:
        (site / "config.toml").write_text(TELEGRAM.format(url=peer.url), "utf-8")
        pushed = run("push", "--text", "속보", "--yes")

    assert pushed.exit_code == ends
    assert asked in pushed.stdout.splitlines()[-1]
