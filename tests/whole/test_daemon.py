"""The whole way: a post is saved, feeds are fetched, channels are told."""

import os
import signal
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import Any

import feedparser
import pytest

ALL = ("webhook", "mastodon", "x", "telegram")


@pytest.mark.parametrize("mark", ["title", "field"])
def test_a_breaking_post_reaches_every_channel_once_and_every_feed(
    make_site: Any, receiver: Any, post: Any, wait_for: Any, mark: str
) -> None:
    site = make_site(*ALL)
    site.save("2026-05-18-old.md", post("[속보] 예전 소식", breaking="true"))
    site.start()

    assert receiver.effects == []

    title, fields = (
        ("[속보] 지진", {}) if mark == "title" else ("지진", {"breaking": "true"})
    )
    site.save("new.md", post(title, **fields))
    wait_for(lambda: len(receiver.effects) == len(ALL))
    time.sleep(0.3)

    assert [len(receiver.texts(name)) for name in ALL] == [1, 1, 1, 1]
    wait_for(lambda: site.states() == {"sent": len(ALL)})
    for name in ("rss.xml", "atom.xml"):
        parsed = feedparser.parse(site.get(name).content)
        assert not parsed.bozo
        assert [entry.title for entry in parsed.entries] == [title, "[속보] 예전 소식"]
    assert site.get("feed.json").json()["items"][0]["title"] == title


def test_a_feed_that_has_not_changed_is_not_sent_again(
    make_site: Any, post: Any
) -> None:
    site = make_site()
    site.save("a.md", post("첫 소식"))
    site.start()
    first = site.get("atom.xml")

    by_tag = site.get("atom.xml", **{"If-None-Match": first.headers["ETag"]})
    by_date = site.get(
        "atom.xml", **{"If-Modified-Since": first.headers["Last-Modified"]}
    )

    assert (by_tag.status_code, by_date.status_code) == (304, 304)


def test_no_edit_rename_or_loss_tells_anybody_again(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.start()
    path = site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: len(receiver.effects) == 1)

    def titles() -> list[str]:
        return [item["title"] for item in site.get("feed.json").json()["items"]]

    site.save("a.md", post("[속보] 지진", body="고친 본문."))
    wait_for(lambda: "고친" in site.get("feed.json").text)
    first = site.get("feed.json").json()["items"][0]["id"]
    path = path.rename(path.with_name("b.md"))
    wait_for(lambda: "/b" in site.get("feed.json").json()["items"][0]["url"])
    assert site.get("feed.json").json()["items"][0]["id"] == first

    site.save("b.md", "---\ntitle: {{ x }}\n---\n")
    wait_for(lambda: "b.md:" in site.log())
    assert titles() == ["[속보] 지진"]

    site.save("b.md", post("[속보] 지진, 정정", breaking="false"))
    wait_for(lambda: titles() == ["[속보] 지진, 정정"])
    path.unlink()
    wait_for(lambda: titles() == [])
    site.save("b.md", post("[속보] 지진, 정정", breaking="false"))
    wait_for(lambda: titles() == ["[속보] 지진, 정정"])

    assert len(receiver.effects) == 1


def test_one_broken_post_hurts_only_itself(
    make_site: Any, post: Any, wait_for: Any
) -> None:
    site = make_site()
    site.save("a.md", post("읽히는 글"))
    site.save("b.md", "---\ntitle: {{ x }}\n---\n")
    built = site.syndicate("build")
    checked = site.syndicate("check")

    assert built.returncode == 2
    assert "_posts/b.md:2:" in built.stderr + checked.stderr
    assert checked.returncode == 2
    assert "읽히는 글" in (site.folder / "feeds" / "feed.json").read_text("utf-8")


def test_the_second_build_gives_the_same_bytes(make_site: Any, post: Any) -> None:
    site = make_site()
    site.save("undated.md", post("날짜 없는 글"))
    feeds = site.folder / "feeds"
    site.syndicate("build")
    first = {path.name: path.read_bytes() for path in feeds.glob("*.*")}
    time.sleep(1.01 - time.time() % 1)  # until the clock shows another second
    again = site.json("build")

    assert again["files"] == []
    assert {path.name: path.read_bytes() for path in feeds.glob("*.*")} == first
    assert {"rss.xml", "atom.xml", "feed.json"} <= first.keys()


def test_what_build_saw_first_is_still_told_by_the_daemon(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.syndicate("build")
    site.save("a.md", post("[속보] 지진"))
    built = site.json("build")

    assert built["unheard"] == ["a.md"]
    assert receiver.effects == []

    site.start()
    wait_for(lambda: len(receiver.effects) == 1)


def test_a_stop_is_quick_even_in_the_middle_of_a_send_and_loses_nothing(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    receiver.silent = {"webhook"}
    site = make_site("webhook", "mastodon")
    site.start()
    site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: len(receiver.effects) == 2)
    lives = count(2)

    def is_asked_again() -> None:
        number = next(lives)
        wait_for(lambda: receiver.asked.count("webhook") == number)

    assert site.stop_quickly(is_asked_again) < 2

    site.start()
    is_asked_again()
    site.stop(signal.SIGINT)  # in two seconds: promised of SIGTERM only

    receiver.silent = set()
    site.start()
    wait_for(lambda: site.states() == {"sent": 2})
    assert len(receiver.effects) == 2


def test_a_port_that_is_taken_is_said_and_nothing_is_written(
    make_site: Any, post: Any
) -> None:
    site = make_site()
    site.save("a.md", post("소식"))
    site.start()
    second = site.syndicate("run")

    assert second.returncode == 3
    assert "server.listen" in second.stderr
    assert "Traceback" not in second.stderr


def test_an_answer_that_never_came_is_a_doubt_and_is_not_sent_again(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    receiver.silent = {"telegram"}
    site = make_site("telegram")
    site.start()
    site.save("a.md", post("[속보] 지진"))
    wait_for(lambda: len(receiver.effects) == 1)
    site.stop(signal.SIGKILL)
    receiver.silent = set()
    site.start()
    wait_for(lambda: site.states() == {"in_doubt": 1})

    assert [d["state"] for d in site.deliveries()] == ["in_doubt"]
    assert "in doubt alert 1, telegram" in site.log()
    assert "doubt" in site.syndicate("alerts").stdout
    number = str(site.deliveries()[0]["id"])
    assert site.syndicate("resolve", number, "sent").returncode == 0
    assert site.states() == {"sent": 1}
    assert len(receiver.effects) == 1


def test_a_printer_that_fails_is_no_traceback(make_site: Any) -> None:
    site = make_site()
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*site.command, "check"],
            cwd=site.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr


def test_a_terminal_without_korean_is_no_traceback(make_site: Any, post: Any) -> None:
    site = make_site("webhook")
    site.save("a.md", post("제목"))
    ended = subprocess.run(
        [*site.command, "preview", "a.md"],
        cwd=site.folder,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0
    assert "\\uc81c\\ubaa9" in ended.stdout
