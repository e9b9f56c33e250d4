"""
Who holds a delivery: a process, by a name that tells whether it lives still.

    news-1:4711:9f3ac2-51d07e   host, process, where its number counts, a random part

A process number means something only where it was given: on one machine, since it was
started, and in one PID namespace. Elsewhere nobody can tell, and a lease has to end.
"""

import os
import secrets
import socket
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
NAMESPACE = Path("/proc/self/ns/pid")


def new_owner() -> str:
    """Give this process a name that nobody had before."""
    return f"{socket.gethostname()}:{os.getpid()}:{place_of()}-{secrets.token_hex(3)}"


def is_gone(owner: str) -> bool:
    """Tell whether a process is known to have ended. False where nobody can tell."""
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    place = owner.rpartition(":")[2].partition("-")[0]
    here = (socket.gethostname(), place_of())
    if (host, place) != here or not place_of() or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@cache
def place_of(boot: Path = BOOT, namespace: Path = NAMESPACE) -> str:
    """Give a mark of this start of this machine, and of its PID namespace, if it has any."""
    with suppress(OSError):
        marks = boot.read_text("ascii") + str(namespace.readlink())
        return sha256(marks.encode()).hexdigest()[:6]
    return ""
