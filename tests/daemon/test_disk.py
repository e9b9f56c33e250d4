import os
import subprocess
import sys
from pathlib import Path

import pytest

from syndicate.daemon import disk


def test_a_folder_that_takes_what_we_write_is_left_as_it_was(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mtime_ns

    assert disk.refusal(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
    assert tmp_path.stat().st_mtime_ns == before
    assert disk.free_bytes(tmp_path) > 0


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    assert disk.refusal(tmp_path / "none") == "No such file or directory"


def test_where_files_need_names_the_probe_is_taken_away(tmp_path: Path) -> None:
    assert disk.refusal(tmp_path, nameless=False) == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("nameless", [True, False])
def test_a_disk_that_takes_too_little_is_told(
    tmp_path: Path, *, nameless: bool
) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from syndicate.daemon import disk;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        f"print(disk.refusal(Path(sys.argv[1]), nameless={nameless}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )

    assert said.stdout == "File too large\n"
    assert list(tmp_path.iterdir()) == []
