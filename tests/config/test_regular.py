import os
from pathlib import Path

import pytest

from syndicate.config.regular import read_regular


def test_a_file_is_read_with_or_without_a_mark_at_its_head(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("속보", "utf-8")
    (tmp_path / "marked").write_text("속보", "utf-8-sig")

    assert read_regular(tmp_path / "plain") == read_regular(tmp_path / "marked")


def test_nobody_waits_for_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(tmp_path / "pipe")


def test_a_device_that_never_ends_is_not_read() -> None:
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(Path("/dev/zero"))
