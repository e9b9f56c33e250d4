"""``/readyz``: whether the service does its work, and if not, why, and what mends it."""

import json
from collections.abc import Callable, Mapping

from syndicate.daemon.look import Faults
from syndicate.web.asgi import Reply, Scope, plain

Ready = Callable[[], Faults]
"""Gives what is wrong, by name. Answers at once, whatever hangs."""

Paused = Callable[[], Mapping[str, str]]
"""Gives the channels that are paused, and why: no fault."""


def readiness(
    ready: Ready, paused: Paused, scope: Scope, *, leads: bool = True
) -> Reply:
    """Answer in JSON, or as lines for a person who asks for ``text/plain``."""
    faults, pauses = ready(), paused()
    status = 503 if faults else 200
    if _wants_text(scope):
        return plain(status, _lines(faults, pauses))
    told: dict[str, object] = {
        "ready": not faults,
        "faults": {name: str(fault.what) for name, fault in faults.items()},
    }
    if faults:
        told["mends"] = {name: str(fault.mend) for name, fault in faults.items()}
    if pauses:
        told["paused"] = dict(pauses)
    if not leads:
        told["leads"] = False
    return Reply(
        status=status,
        headers={"content-type": "application/json", "cache-control": "no-store"},
        body=json.dumps(told, ensure_ascii=False).encode() + b"\n",
    )


def _lines(faults: Faults, pauses: Mapping[str, str]) -> str:
    lines = [
        f"{name}: {fault.what}\n  {fault.mend}" for name, fault in faults.items()
    ] or ["ready"]
    return "\n".join(
        [*lines, *(f"paused {name}: {why}" for name, why in pauses.items())]
    )


def _wants_text(scope: Scope) -> bool:
    accepted = b",".join(v for name, v in scope["headers"] if name == b"accept")
    return accepted.startswith(b"text/plain")
