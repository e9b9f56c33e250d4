"""
Killed on entry to every system call that writes, syncs, renames, sends or reads.

``strace`` ends the process as the n-th call of a kind is about to happen; counting
begins with the life, after the interpreter has started. The same calls are then refused
instead, once or for good, as a disk that is full, broken or read-only would.
"""

import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.proof.lives import Case, Cases, Note
from tests.proof.strace import CALLS, numbers, require_strace

pytestmark = pytest.mark.full
SHARDS = 10
LEAST = 250  # points in sum


def points(cases: Cases, room: Path) -> list[tuple[str, int]]:
    """Live once under strace, and give every call worth dying at."""
    require_strace()
    case = cases("count")
    log = room / "strace.log"
    assert case.strace("-e", f"trace={','.join(CALLS)}", log=log) == 0
    found = numbers(log, below=case.folder)
    assert set(found) == set(CALLS)
    return [(call, number) for call in CALLS for number in found[call]]


def inject(case: Case, call: str, what: str) -> int:
    return case.strace("-e", f"trace={call}", "-e", f"inject={call}:{what}")


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_call_may_be_the_last(
    cases: Cases, room: Path, shard: int, record_property: Note
) -> None:
    every = points(cases, room)
    assert len(every) >= LEAST
    mine = every[shard::SHARDS]
    tally: Counter[str] = Counter()
    faults: list[str] = []
    for call, number in mine:
        case = cases(f"{call}-{number}")
        ended = inject(case, call, f"signal=SIGKILL:when={number}")
        tally += case.die_and_recover(ended)
        faults += case.faults

    assert faults == []
    assert tally["webhook"] == tally["asked"] == 2 * len(mine)
    record_property("tally", f"{len(mine)} of {len(every)} points: {dict(tally)}")


ERRORS = ("ENOSPC", "EIO", "EROFS")
WRITES = ("pwrite64", "fdatasync", "rename", "write", "ftruncate", "openat", "fsync")


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_call_may_be_refused(
    cases: Cases, room: Path, shard: int, record_property: Note
) -> None:
    """Once, or from then on until the process is started again."""
    every = [
        (call, number)
        for call, number in points(cases, room)
        # Of a transaction's many pages one in four stands for the others.
        if call in WRITES and (call != "pwrite64" or number % 4 == 0)
    ]
    mine = every[shard::SHARDS]
    tally: Counter[str] = Counter()
    faults: list[str] = []
    for at, (call, number) in enumerate(mine):
        error, lasts = ERRORS[at % 3], "+" if at % 2 else ""
        case = cases(f"{call}-{number}{lasts}-{error}")
        ended = inject(case, call, f"error={error}:when={number}{lasts}")
        case.blame(when=ended < 0, what=f"it ended with {ended}")
        case.look_as_a_reader()
        tally += case.judge(case.recover())
        faults += case.faults

    assert faults == []
    record_property("tally", f"{len(mine)} of {len(every)} refusals: {dict(tally)}")


def test_a_kill_is_a_kill(cases: Cases) -> None:
    require_strace()

    ended = inject(cases("one"), "sendto", "signal=SIGKILL:when=1")
    assert ended == -signal.SIGKILL
