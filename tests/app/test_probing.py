"""What each configured channel is said to be able to do."""

from pathlib import Path
from typing import Any

from syndicate.app.probing import report_channels

TWO = """
[[channels]]
name = "sky"
kind = "bluesky"
handle = "news.example"
app_password = "p"

[[channels]]
name = "herd"
kind = "mastodon"
instance = "https://m.example"
token = "t"
"""


def test_an_edit_that_followers_do_not_see_is_none(open_desk: Any) -> None:
    desk = open_desk()
    config = Path(desk.folder / "config.toml")
    config.write_text(config.read_text("utf-8") + TWO, "utf-8")
    desk.reopen()
    found = {each.name: each for each in report_channels(desk.app)}

    assert (found["sky"].edit.can, found["sky"].delete.can) == (False, True)
    assert (found["herd"].edit.can, found["herd"].delete.can) == (True, True)
