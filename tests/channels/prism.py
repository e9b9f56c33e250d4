"""
Prism: a program that knows a vendor's OpenAPI description and holds a sender to it.

    with guarded(document, fake.url) as url: ...   # in front of a fake of ours
    with guarded(document) as url: ...             # it makes up the answers itself

A request that breaks the description is answered with 422, an answer of a fake that
breaks it with 500, both in Prism's words.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.channels.node import MODULES
from tests.receiver import free_port

PATIENCE = 300  # seconds; a description of a megabyte is read for ten, if alone


@contextmanager
def guarded(document: Mapping[str, Any], fake: str | None = None) -> Iterator[str]:
    """Put Prism in front of a fake, or in its place. Gives its address."""
    program = MODULES / ".bin" / "prism"
    if not shutil.which("node") or not program.is_file():
        pytest.skip("no node, or no @stoplight/prism-cli: make full-setup")
    with TemporaryDirectory(prefix="syndicate-") as folder, free_port() as port:
        place = Path(folder) / "openapi.json"
        place.write_text(json.dumps(document), "utf-8")
        verb = "proxy" if fake else "mock"
        command = [str(program), verb, str(place), *([fake] if fake else [])]
        command += ["--errors", "-h", "127.0.0.1", "-p", str(port)]
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(port, process, Path(folder) / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Prism does not start: {log.read_text('utf-8')}")
