"""
The proof put to the proof: code that breaks a promise must turn a test red.

Each mutant is a copy of the package with one thing done wrong, run through one test of
this folder in a process of its own.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.full
ROOT = Path(__file__).parents[2]
KILLS = "test_failpoints.py::test_a_push_survives_a_kill_at_any_point"
POWER = "test_power.py::test_after_a_power_cut_everything_is_whole"
FENCE = "../outbox/test_move.py"
FAULTS = "../channels/test_faults.py::test_what_left_and_got_no_verdict_is_in_doubt"


@dataclass(frozen=True, slots=True)
class Mutant:
    """Things done wrong together, and the test that must notice."""

    test: str
    path: str  # below syndicate/
    changes: tuple[tuple[str, str], ...]  # what stands there, and what instead


MUTANTS = {
    "send before the claim is committed": Mutant(
        KILLS,
        "outbox/attempt.py",
        (
            ("\n\n\ndef take(", "\n\n\nSAID = {}\n\n\ndef take("),
            (
                "rate=channel.rate, most=most)\n",
                (
                    "rate=channel.rate, most=most)\n"
                    "        for row in rows:\n"
                    "            SAID[row.id] = channel.send(row.body, key=row.key)\n"
                ),
            ),
            (
                "return obstacle(flight) or perform(flight.row, channel)",
                "return SAID.pop(flight.row.id)",
            ),
        ),
    ),
    "an orphan of a blind channel is queued again": Mutant(
        KILLS, "outbox/rescue.py", (("InDoubtError", "NotSentError"),)
    ),
    "an alert is acknowledged before it is committed": Mutant(
        KILLS,
        "app/desk.py",
        (
            (
                "            return accept(\n",
                (
                    '            (self.config.folder / "accepted").touch()\n'
                    "            return accept(\n"
                ),
            ),
        ),
    ),
    "an asked channel resends without asking": Mutant(
        KILLS,
        "outbox/retry.py",
        (("Memory.HARMLESS}", "Memory.HARMLESS, Memory.READ_BACK}"),),
    ),
    "no commit is synced": Mutant(
        POWER, "store/sqlite_driver.py", (("synchronous = FULL", "synchronous = OFF"),)
    ),
    "not every commit is synced": Mutant(
        POWER,
        "store/sqlite_driver.py",
        (("synchronous = FULL", "synchronous = NORMAL"),),
    ),
    "no feed is synced": Mutant(
        POWER,
        "feeds/aside.py",
        (("        os.fsync(handle)", "        pass"),),
    ),
    "a settle without a fence": Mutant(
        FENCE,
        "store/deliveries.py",
        (('== bindparam("its_fence")', '> bindparam("its_fence") - 99'),),
    ),
    "a read that timed out is tried again": Mutant(
        FAULTS,
        "channels/wire/exchange.py",
        (("InDoubtError if backend.has_sent else NotSentError", "NotSentError"),),
    ),
}


def mutate(package: Path, mutant: Mutant) -> None:
    """Do it wrong in a copy; fail where the code has changed under the mutant."""
    file = package / mutant.path
    text = file.read_text("utf-8")
    for right, wrong in mutant.changes:
        assert right in text, f"{mutant.path} reads differently now"
        text = text.replace(right, wrong)
    file.write_text(text, "utf-8")


def run(copy: Path, test: str) -> subprocess.CompletedProcess[str]:
    command = ["-m", "pytest", "-x", "-n", "0", "-m", "full or not full"]
    return subprocess.run(
        [sys.executable, *command, "-p", "no:cacheprovider", f"tests/proof/{test}"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("syndicate", "tests", "docs"):
        unused = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unused)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_noticed(copy: Path, name: str) -> None:
    mutant = MUTANTS[name]
    mutate(copy / "syndicate", mutant)

    done = run(copy, mutant.test)
    assert done.returncode == 1, done.stdout[-2000:]
    assert "FAILED" in done.stdout


def test_without_a_mutation_the_same_tests_are_green(copy: Path) -> None:
    for test in sorted({mutant.test for mutant in MUTANTS.values()}):
        done = run(copy, test)
        assert done.returncode == 0, done.stdout[-2000:]
