"""
What the full tier borrows of npm; ``make full-setup`` lays it below ``.full``.

    with running(SCRIPT, "8080", needs="@atproto/pds") as said: ...
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import pytest

MODULES = Path(__file__).parents[2] / ".full" / "node_modules"
GRACE = 60  # seconds to end in


@contextmanager
def running(script: str, *words: str, needs: str) -> Iterator[None]:
    """Run a script of node, from the moment it says ``ready``."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(
            [_node(needs), "-e", script, "--", *words],
            cwd=MODULES.parent,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout
            # Anything else it says before is its log.
            if not any("ready" in line for line in process.stdout):
                errors.seek(0)
                pytest.fail(errors.read().decode())
            yield
        finally:
            process.kill()
            process.communicate(timeout=GRACE)  # closes the pipe, too


def answer(script: str, *words: str, needs: str, heard: str = "") -> str:
    """Run a script of node to its end. Gives what it says to what it has heard."""
    command = [_node(needs), "-e", script, "--", *words]
    done = subprocess.run(
        command,
        cwd=MODULES.parent,
        input=heard,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def _node(needs: str) -> str:
    found = shutil.which("node")
    if not found or not (MODULES / needs).is_dir():
        pytest.skip(f"no node, or no {needs}: make full-setup")
    return found
