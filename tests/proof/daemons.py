"""Several of the real command on one database, killed and frozen in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.proof.lives import ROOT, SITE

FREEZES = 0.1  # of the harms done while all are awake


@dataclass(slots=True)
class Daemons:
    """So many daemons; folder and database are shared, ports and logs their own."""

    folder: Path
    count: int
    freeze_for: float  # seconds
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    frozen: dict[int, float] = field(default_factory=dict)  # until when
    harms: int = 0

    def lay_out(self, *, tables: str, database: str) -> None:
        """Write the configuration of each."""
        (self.folder / "_posts").mkdir()
        for number in range(self.count):
            with socket.create_server(("127.0.0.1", 0)) as probe:
                listen = f'[server]\nlisten = "127.0.0.1:{probe.getsockname()[1]}"\n'
            text = f'{SITE}{listen}[store]\nurl = "{database}"\n{tables}'
            (self.folder / f"{number}.toml").write_text(text, "utf-8")

    def start(self, *numbers: int) -> None:
        for number in numbers:
            with (self.folder / f"{number}.log").open("ab") as log:
                self.running[number] = subprocess.Popen(
                    [sys.executable, "-m", "syndicate", "run", "-c", f"{number}.toml"],
                    cwd=self.folder,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdout=log,
                    stderr=log,
                )

    def harm(self, chance: Random, *, busy: Collection[int]) -> str:
        """
        Freeze one until past its lease, or kill one; say which.

        One at a time is frozen, first of all one and then now and then.

        Args:
            chance: Picks.
            busy: Process ids of those that send at this moment: rather one of them.
        """
        awake = [number for number in self.running if number not in self.frozen]
        sending = [number for number in awake if self.running[number].pid in busy]
        number = chance.choice(sending or awake)
        rarely = self.harms and chance.random() > FREEZES
        self.harms += 1
        if not self.frozen and not rarely:
            self.running[number].send_signal(signal.SIGSTOP)
            self.frozen[number] = time.monotonic() + self.freeze_for
            return "frozen"
        self.running[number].kill()
        self.running[number].wait()
        self.start(number)
        return "killed"

    def thaw(self, *, whenever: bool = False) -> None:
        """Let those go on whose time has come, or all."""
        for number, until in list(self.frozen.items()):
            if whenever or time.monotonic() > until:
                self.running[number].send_signal(signal.SIGCONT)
                del self.frozen[number]

    def close(self) -> None:
        for daemon in self.running.values():
            daemon.kill()
            daemon.wait()
