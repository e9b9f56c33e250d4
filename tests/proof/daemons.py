"""Several of the real command on one database, killed and frozen in good order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tests.proof.lives import ROOT, SITE
from tests.receiver import free_port

FREEZES = 0.1  # of the harms done while all are awake
Busy = Callable[[], Collection[int]]


@dataclass(slots=True)
class Daemons:
    """So many daemons; folder and database are shared, ports and logs their own."""

    folder: Path
    count: int
    freeze_for: float  # seconds
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    frozen: dict[int, float] = field(default_factory=dict)  # until when
    ports: dict[int, int] = field(default_factory=dict)
    freezes: int = 0
    taken: ExitStack = field(default_factory=ExitStack)  # the ports, till the end

    def lay_out(self, *, tables: str, database: str) -> None:
        """Write the configuration of each."""
        (self.folder / "_posts").mkdir()
        for number in range(self.count):
            self.ports[number] = self.taken.enter_context(free_port())
            listen = f'[server]\nlisten = "127.0.0.1:{self.ports[number]}"\n'
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

    def harm(self, chance: Random, *, busy: Busy) -> str:
        """
        Freeze one in the middle of a send until past its lease, or kill one; say which.

        One at a time is frozen, first of all one and then now and then.

        Args:
            chance: Picks.
            busy: Gives the process ids of those that send at this moment.
        """
        up = [number for number in self.running if self.is_up(number)]
        if not up:
            return "none was up yet"
        number = chance.choice([n for n in up if self._pid(n) in busy()] or up)
        often = not self.freezes or chance.random() < FREEZES
        if often and not self.frozen and self._freeze(number, busy):
            self.freezes += 1
            return "frozen"
        self.running[number].kill()
        self.running[number].wait()
        self.start(number)
        return "killed"

    def _freeze(self, number: int, busy: Busy) -> bool:
        """Freeze one; a few tries, until it holds something that it cannot settle."""
        for _ in range(20):
            self.running[number].send_signal(signal.SIGSTOP)
            if self._pid(number) in busy():
                self.frozen[number] = time.monotonic() + self.freeze_for
                return True
            self.running[number].send_signal(signal.SIGCONT)
            time.sleep(0.01)
        return False

    def _pid(self, number: int) -> int:
        return self.running[number].pid

    def is_up(self, number: int) -> bool:
        """Tell whether it answers, and so sends: neither frozen nor still starting."""
        if number in self.frozen:
            return False
        with suppress(httpx.TransportError):
            url = f"http://127.0.0.1:{self.ports[number]}/healthz"
            return httpx.get(url, timeout=0.5).is_success
        return False

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
        self.taken.close()
