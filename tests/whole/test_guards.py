"""What a newsroom does by accident tells nobody, seen from outside."""

import shutil
import time
from typing import Any

import pytest

MANY = 60


@pytest.mark.full
def test_a_checkout_of_many_posts_there_and_back_tells_nobody(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.save("2026-01-01-first.md", post("첫 소식"))
    site.start()
    branch = site.folder / "branch"
    branch.mkdir()
    for number in range(MANY):
        title = f"[속보] 묵은 소식 {number}" if number % 5 == 0 else f"소식 {number}"
        text = post(title)
        (branch / f"2025-02-{number % 28 + 1:02}-{number}.md").write_text(text, "utf-8")

    shutil.copytree(branch, site.folder / "_posts", dirs_exist_ok=True)
    wait_for(lambda: site.states().total() == MANY // 5)
    for path in branch.iterdir():
        (site.folder / "_posts" / path.name).unlink()
    wait_for(lambda: "gone " in site.log())
    shutil.copytree(branch, site.folder / "_posts", dirs_exist_ok=True)
    time.sleep(1)

    assert receiver.effects == []
    assert set(site.states()) <= {"held", "expired"}

    done = site.syndicate("reject", "--all", "--reason", "checkout")
    assert done.returncode == 0
    assert not site.states()["held"]


def test_a_copy_waits_and_can_be_let_go(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.start()
    path = site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: len(receiver.effects) == 1)
    shutil.copy(path, path.with_name("copy.md"))
    wait_for(lambda: site.states()["held"] == 1)

    wait_for(lambda: "held: alert 1 has the same title" in site.log())
    assert site.json("approve", "--rule", "breaking") == {"alerts": [2]}
    wait_for(lambda: len(receiver.effects) == 2)


@pytest.mark.full
def test_the_red_button_stops_sends_at_once_and_over_a_restart(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook", "mastodon")
    site.start()
    assert site.syndicate("pause", "webhook", "--reason", "drill").returncode == 0
    site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: len(receiver.effects) == 1)
    site.stop()
    site.start()
    time.sleep(0.3)

    assert [len(receiver.texts(name)) for name in ("webhook", "mastodon")] == [0, 1]
    assert "webhook is paused since" in site.log()
    ready = site.get("../readyz")
    assert ready.status_code == 200
    assert ready.json()["paused"] == {"webhook": "drill"}
    assert "webhook is paused since" in site.syndicate("alerts").stdout
    assert site.syndicate("pause", "nobody").returncode == 2

    assert site.json("resume", "webhook") == {"changed": True, "paused": []}
    wait_for(lambda: len(receiver.texts("webhook")) == 1)
    assert "was not paused" in site.syndicate("resume", "webhook").stdout


@pytest.mark.full
def test_a_database_that_is_deleted_under_the_service_is_said(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.start()
    wait_for(lambda: str(site.port) in site.log())  # begun; before that, it ends
    for path in site.folder.glob("syndicate.db*"):
        path.unlink()
    wait_for(lambda: site.get("../readyz").status_code == 503)
    site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: "deleted or replaced" in site.log())
    time.sleep(0.3)

    assert not (site.folder / "syndicate.db").exists()
    assert receiver.effects == []

    site.stop()
    site.start()
    time.sleep(0.3)
    assert receiver.effects == [], "a first run sends nothing"
    assert site.get("../readyz").status_code == 200
