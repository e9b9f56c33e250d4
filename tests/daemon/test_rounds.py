import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.app import Words, open_app
from syndicate.daemon.inbox import Inbox
from syndicate.daemon.rounds import making_rounds

CONFIG = """
[site]
url = "https://news.example"

[[channels]]
name = "desk"
kind = "log"
"""


@pytest.mark.parametrize("leads", [True, False])
def test_the_daemon_that_leads_forgets_and_no_other(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    leads: bool,  # noqa: FBT001 - what is expected
) -> None:
    caplog.set_level("INFO")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    now = [datetime.now(UTC)]
    with open_app(tmp_path / "config.toml", clock=lambda: now[0]) as app:
        app.cancel(app.push(app.draft(Words(text="old news"))), who="desk")
        now[0] += timedelta(days=400)
        with making_rounds(app, Inbox(), leads=lambda: leads):
            end = time.monotonic() + (60 if leads else 0.3)
            while "forgot" not in caplog.text and time.monotonic() < end:
                time.sleep(0.01)

    assert ("forgot" in caplog.text) is leads
