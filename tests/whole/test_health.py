"""Health that cannot lie, seen from outside."""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

SOON = 15  # seconds within which it must be red


def faults(site: Any) -> dict[str, str]:
    start = time.monotonic()
    found: dict[str, str] = site.get("../readyz").json()["faults"]
    assert time.monotonic() - start < 4, "it answers, whatever hangs"
    return found


def numbers(site: Any) -> dict[str, float]:
    lines = site.get("../metrics").text.splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def test_metrics_tell_of_every_promise(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    site.save("old.md", post("예전 소식"))
    site.start()
    assert faults(site) == {}

    site.save("a.md", post("[속보] 지진"))
    sent = 'syndicate_attempts_total{channel="webhook",outcome="sent"}'
    wait_for(lambda: sent in numbers(site))

    found = numbers(site)
    assert found[sent] == 1
    assert found["syndicate_ready"] == 1
    assert found["syndicate_lateness_seconds"] == 0
    wait_for(lambda: numbers(site)["syndicate_posts"] == 2)
    found = numbers(site)
    assert found['syndicate_told_seconds_count{channel="webhook"}'] == 1
    assert found['syndicate_told_seconds_bucket{channel="webhook",le="5.0"}'] == 1
    assert found["syndicate_publish_seconds_count"] >= 2
    assert found['syndicate_disk_free_bytes{folder="feeds.dir"}'] > 0


@pytest.mark.full
def test_a_folder_that_goes_away_is_red_until_it_is_back_and_ends_nothing(
    make_site: Any, post: Any, wait_for: Any
) -> None:
    site = make_site()
    config = site.folder / "config.toml"
    told = '[posts]\nrescan = "3s"\n\n[server]'
    config.write_text(config.read_text("utf-8").replace("[server]", told), "utf-8")
    site.save("a.md", post("첫 소식"))
    site.start()
    folder, away = site.folder / "_posts", site.folder / "away"

    folder.rename(away)
    wait_for(lambda: "newsroom" in faults(site), SOON)
    for _ in range(90):  # nine seconds, in which it looks again, by itself too
        assert "cannot read" in faults(site)["newsroom"]
        time.sleep(0.1)
    assert "첫 소식" in site.get("rss.xml").text

    away.rename(folder)
    site.save("b.md", post("둘째 소식"))
    wait_for(lambda: "둘째 소식" in site.get("rss.xml").text, SOON)
    wait_for(lambda: faults(site) == {}, SOON)


@pytest.mark.full
def test_a_dead_channel_is_red_once_an_alert_is_late(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site = make_site("webhook", "mastodon")
    site.start()
    receiver.server_close()
    receiver.shutdown()
    site.save("a.md", post("[속보] 지진"))
    saved = time.monotonic()
    wait_for(lambda: "late" in faults(site), 30 + SOON)

    assert time.monotonic() - saved > 25, "half a minute is no matter"
    assert "2 alerts waiting for " in faults(site)["late"]
    assert numbers(site)["syndicate_lateness_seconds"] > 25
    site.syndicate("pause")
    wait_for(lambda: faults(site) == {}, SOON)


@pytest.mark.full
def test_a_process_that_was_stopped_is_green_again_by_itself(
    make_site: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    daemon = site.start()
    daemon.send_signal(signal.SIGSTOP)
    time.sleep(12)
    with pytest.raises(httpx.TimeoutException):
        httpx.get(f"http://127.0.0.1:{site.port}/readyz", timeout=1)
    daemon.send_signal(signal.SIGCONT)

    wait_for(lambda: site.get("../readyz").is_success, SOON)
    assert "stood still for" in site.log()


@pytest.mark.full
def test_a_disk_that_takes_no_more_is_red_and_heals(
    make_site: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    daemon = site.start()
    _, hard = resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (4096, hard))
    wait_for(lambda: "disk" in faults(site), SOON)
    assert "File too large" in faults(site)["disk"]

    resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (hard, hard))
    wait_for(lambda: faults(site) == {}, SOON)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of one megabyte."""
    if os.geteuid() != 0:
        pytest.fail("not run: only root may mount a disk")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("not run: this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.full
def test_a_full_disk_under_the_feeds_is_red_and_heals(
    make_site: Any, small_disk: Path, wait_for: Any
) -> None:
    site = make_site("webhook")
    with (site.folder / "config.toml").open("a") as config:
        config.write(f'\n[feeds]\ndir = "{small_disk}"\n')
    site.start()
    assert faults(site) == {}
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="space"):
        filler.write_bytes(bytes(2 * 1024 * 1024))
    wait_for(lambda: "disk" in faults(site), SOON)
    assert "No space left on device" in faults(site)["disk"]

    filler.unlink()
    wait_for(lambda: faults(site) == {}, SOON)


@pytest.mark.full
def test_a_database_server_that_hangs_is_red_at_once_asked_and_heals(
    make_site: Any, schema: str, admin: Any, wait_for: Any
) -> None:
    site = make_site("webhook")
    with (site.folder / "config.toml").open("a") as config:
        config.write(f'\n[store]\nurl = "{schema}"\n')
    site.start()
    wait_for(lambda: faults(site) == {})
    (rows,) = admin.exec_driver_sql("SHOW data_directory").one()
    first = int((Path(rows) / "postmaster.pid").read_text().split()[0])
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(first)],
        capture_output=True,
        text=True,
        check=True,
    )
    servers = [first, *map(int, found.stdout.split())]
    for server in servers:
        os.kill(server, signal.SIGSTOP)
    try:
        wait_for(lambda: "store" in faults(site), SOON)
        assert "no answer for" in faults(site)["store"]
        wait_for(lambda: "lead" in faults(site).get("loops", ""), SOON)
        assert numbers(site)["syndicate_ready"] == 0
    finally:
        for server in servers:
            os.kill(server, signal.SIGCONT)
    wait_for(lambda: faults(site) == {}, 60)
