"""
The power goes after any call: what is found then is whole, and nothing accepted is lost.

A life that is killed keeps all it wrote, so no kill can tell whether a sync is missing.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.proof.lives import Case, Cases, Note, torn
from tests.proof.power import OPTIONS, Disk, lay_down
from tests.proof.strace import require_strace

pytestmark = pytest.mark.full
LEAST = 300  # states


@pytest.mark.parametrize("news", [True, False], ids=["news", "push"])
def test_after_a_power_cut_everything_is_whole(
    cases: Cases, room: Path, record_property: Note, *, news: bool
) -> None:
    require_strace()
    case = cases("power", news=news)
    disk = Disk.holding(case.folder)
    log = room / "strace.log"
    assert case.strace(*OPTIONS, log=log) == 0

    faults = [
        f"after call {at}, {call}, {name}: {fault}"
        for at, call in enumerate(disk.replay(log.read_text("utf-8")))
        for name, state in disk.states()
        for fault in looked_at(case, disk, state, room / f"{at}-{name}")
    ]
    states = len(list(room.glob("*-all"))) * 3
    assert faults == []
    assert states > LEAST
    assert len(told_by_telegram(disk)) == case.alerts
    record_property("tally", f"{states} states")


def looked_at(
    case: Case, disk: Disk, state: dict[str, bytes], there: Path
) -> Iterator[str]:
    """Name what is wrong with what the disk held."""
    there.mkdir()
    lay_down(state, root=case.folder, there=there)
    yield from torn(there)
    with closing(sqlite3.connect(there / "syndicate.db")) as database:
        ((sound,),) = database.execute("PRAGMA integrity_check")
        rows = database.execute("SELECT channel, state, text FROM deliveries")
        found = {(channel, text): state for channel, state, text in rows}
    if sound != "ok":
        yield f"the database is damaged: {sound}"
    if str(case.folder / "accepted") in disk.names:
        pushed = [key for key in found if "밀었습니다" in key[1]]
        if len(pushed) != 4:
            yield f"accepted, and {len(pushed)} deliveries are left"
    told = told_by_telegram(disk)
    for (channel, text), how in found.items():
        if channel == "telegram" and text in told and how == "queued":
            yield f"{text} has left, and would be sent again"


def told_by_telegram(disk: Disk) -> set[str]:
    """Give the words that have left for the one channel that is blind."""
    bodies = [sent.decode("utf-8", "replace") for sent in disk.sent]
    return {
        re.sub("<[^>]*>", "", json.loads(body)["text"])
        for body in bodies
        if body.startswith('{"chat_id"')
    }
