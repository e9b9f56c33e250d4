"""kill -9 at arbitrary moments: nothing accepted is lost, nothing keyed is doubled."""

import random
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

PUSH = [sys.executable, "-m", "syndicate", "push", "--yes", "--no-wait", "--json"]


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.full)])
def test_no_push_is_lost_or_doubled_by_kills(
    make_site: Any, receiver: Any, post: Any, wait_for: Any, kills: int
) -> None:
    moments = random.Random(kills)
    site = make_site("webhook", "mastodon", "telegram")
    site.save("a.md", post("첫 소식"))
    site.start()
    accepted: set[str] = set()
    for number in range(kills):
        text = f"속보 {number:02}"
        push = subprocess.Popen(
            [*PUSH, "--text", text],
            cwd=site.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.3, 1.5))
        site.stop(signal.SIGKILL)
        site.start()
        if push.wait(60) == 0:
            accepted.add(text)
    wait_for(lambda: not {"queued", "sending"} & site.states().keys(), 120)

    assert len(accepted) == kills
    for keyed in ("webhook", "mastodon"):
        told = receiver.texts(keyed)
        assert [sum(text in each for each in told) for text in accepted] == [1] * kills
    assert set(receiver.count("telegram").values()) <= {1}
    doubts = [d for d in site.deliveries() if d["state"] == "in_doubt"]
    seen = receiver.texts("telegram")
    unsent = [text for text in accepted if not any(text in each for each in seen)]
    assert len(unsent) <= len(doubts)
    assert {d["channel"] for d in doubts} <= {"telegram"}
