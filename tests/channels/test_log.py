import io
import sys

import pytest

from syndicate.errors import InDoubtError
from syndicate.model import Memory, Message, Severity
from tests.channels.samples import make

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
    severity=Severity.URGENT,
)
LINE = "alert 01234567  urgent  [속보] 지진  https://news.example/1\n"


def test_an_alert_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    channel = make("log")
    receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert receipt.remote_id == "01234567"
    assert capsys.readouterr() == ("", LINE)


def test_the_line_may_go_to_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    channel = make("log", stream="stdout")
    channel.send(channel.write(MESSAGE), key=KEY)

    assert capsys.readouterr() == (LINE, "")


def test_a_terminal_without_hangul_shows_what_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", screen)
    channel = make("log")
    channel.send(channel.write(MESSAGE), key=KEY)

    screen.seek(0)
    assert r"[\uc18d\ubcf4]" in screen.read()


def test_a_terminal_that_is_gone_is_a_doubt_and_a_repeat_harms_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = io.StringIO()
    screen.close()
    monkeypatch.setattr(sys, "stderr", screen)
    channel = make("log")

    with pytest.raises(InDoubtError, match="stderr"):
        channel.send(channel.write(MESSAGE), key=KEY)
    assert channel.limits.memory is Memory.KEYED
